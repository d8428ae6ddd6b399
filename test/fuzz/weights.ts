/** Weights of every shape that broadcasts to the labels. */
import fc from 'fast-check';

import {arrayOf} from './rows';

export interface DrawnWeights {
  readonly values: number[];
  /** [], or of the rank of the labels with every dimension 1 or the same. */
  readonly shape: readonly number[];
}

/**
 * Multiples of a quarter, whose sums are exact in float32: a denominator that cancels is exactly 0.
 */
const weight = fc.oneof(
  {weight: 2, arbitrary: fc.constantFrom(0, 1)},
  {weight: 3, arbitrary: fc.integer({min: -4, max: 20}).map((n) => n / 4)},
);

/** [classes], or none. */
export function classWeightsFor(numClasses: number): fc.Arbitrary<number[] | undefined> {
  return fc.option(arrayOf(weight, numClasses), {nil: undefined});
}

export function weightsFor(labels: readonly number[]): fc.Arbitrary<DrawnWeights> {
  return fc
    .record({
      isScalar: fc.boolean(),
      keeps: fc.array(fc.boolean(), {minLength: labels.length, maxLength: labels.length}),
    }) // prettier-ignore
    .map(({isScalar, keeps}) => (isScalar ? [] : labels.map((size, i) => (keeps[i] ? size : 1))))
    .chain((shape) => {
      const size = shape.reduce((a, b) => a * b, 1);
      return fc.record({values: arrayOf(weight, size), shape: fc.constant(shape)});
    });
}

/** For each label the index of its weight. */
export function weightIndices({shape}: DrawnWeights, labels: readonly number[]): number[] {
  const size = labels.reduce((a, b) => a * b, 1);
  return Array.from({length: size}, (_, label) => {
    let [index, stride, rest] = [0, 1, label];
    for (let axis = labels.length - 1; axis >= 0; axis--) {
      const position = rest % labels[axis];
      rest = Math.floor(rest / labels[axis]);
      if (shape.length > 0 && shape[axis] > 1) index += position * stride;
      stride *= shape[axis] ?? 1;
    }
    return index;
  });
}
