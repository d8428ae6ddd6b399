/** The weight of each label: its own times its class's, and 0 if it is ignored. */
import type {DrawnWeights} from './weights';

export interface WeightedLabels {
  readonly labels: readonly number[];
  readonly ignoreClass?: number | undefined;
  readonly weights: DrawnWeights;
  /** For each label the index of its weight. */
  readonly indices: readonly number[];
  /** By default every class weighs 1. */
  readonly classWeights?: readonly number[] | undefined;
}

export interface RowWeights {
  readonly ofLabels: number[];
  /** From derivatives for `ofLabels` to those for the weights. */
  toWeights(dlabels: readonly number[]): number[];
  /** The same for the weights of the classes. */
  toClasses(dlabels: readonly number[]): number[];
}

export function rowWeights(of: WeightedLabels): RowWeights {
  const {labels, ignoreClass, weights, indices, classWeights} = of;
  const ofClass = (label: number) => classWeights?.[label] ?? 1;
  const sums = (size: number, add: (sums: number[], label: number, i: number) => void) => {
    const all = new Array<number>(size).fill(0);
    labels.forEach((label, i) => label !== ignoreClass && add(all, label, i));
    return all;
  };
  return {
    ofLabels: sums(labels.length, (all, label, i) => {
      all[i] = weights.values[indices[i]] * ofClass(label);
    }),
    toWeights: (dlabels) =>
      sums(weights.values.length, (all, label, i) => {
        all[indices[i]] += dlabels[i] * ofClass(label);
      }),
    toClasses: (dlabels) =>
      sums(classWeights?.length ?? 0, (all, label, i) => {
        all[label] += dlabels[i] * weights.values[indices[i]];
      }),
  };
}

/** The same of absolute weights: from sizes of terms to sizes of terms. */
export function rowWeightSizes(of: WeightedLabels): RowWeights {
  const {weights, classWeights} = of;
  return rowWeights({
    ...of,
    weights: {...weights, values: weights.values.map(Math.abs)},
    classWeights: classWeights?.map(Math.abs),
  });
}
