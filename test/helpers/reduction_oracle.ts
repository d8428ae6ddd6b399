/**
 * tf.compat.v1's reduction of weighted losses in float64, its derivatives, and the size of its
 * terms.
 */
import type {losses} from '../../src/index';

export interface WeightedLosses {
  readonly losses: readonly number[];
  /** Broadcast to the losses, and 0 for each that is ignored. */
  readonly weights: readonly number[];
}

export interface Reduced {
  /** One number, or for NONE one for each loss. */
  readonly value: number[];
  /** The sum of the absolute terms of each value. */
  readonly valueUnits: number[];
  /** d sum(dy * value) / d losses. */
  readonly dlosses: number[];
  /** d sum(dy * value) / d weights. */
  readonly dweights: number[];
  readonly dweightsUnits: number[];
}

export function reductionOracle(
  {losses, weights}: WeightedLosses,
  reduction: losses.ReductionKey,
  dy: readonly number[],
): Reduced {
  const terms = losses.map((loss, i) => weights[i] * loss);
  const termUnits = losses.map((loss, i) => Math.abs(weights[i]) * Math.max(1, Math.abs(loss)));
  const lossUnits = losses.map((loss) => Math.max(1, Math.abs(loss)));
  if (reduction === 'none') {
    return {
      value: terms,
      valueUnits: termUnits,
      dlosses: weights.map((w, i) => dy[i] * w),
      dweights: losses.map((loss, i) => dy[i] * loss),
      dweightsUnits: lossUnits.map((unit, i) => Math.abs(dy[i]) * unit),
    };
  }
  const denominator = denominatorOf(weights, reduction);
  // TensorFlow's div_no_nan: the quotient and its derivatives are 0 where the denominator is.
  const share = denominator === 0 ? 0 : 1 / denominator;
  const value = denominator === 0 ? 0 : sum(terms) / denominator;
  const valueUnit = denominator === 0 ? 0 : sum(termUnits) / Math.abs(denominator);
  // MEAN differentiates its denominator too.
  const ofMean = reduction === 'weighted_mean' ? value : 0;
  const unitOfMean = reduction === 'weighted_mean' ? valueUnit : 0;
  return {
    value: [value],
    valueUnits: [valueUnit],
    dlosses: weights.map((w) => dy[0] * share * w),
    dweights: losses.map((loss) => dy[0] * (loss * share - ofMean * share)),
    dweightsUnits: lossUnits.map((unit) => Math.abs(dy[0] * share) * (unit + unitOfMean)),
  };
}

/** By what the sum of the weighted losses is divided. */
export function denominatorOf(weights: readonly number[], reduction: losses.ReductionKey): number {
  switch (reduction) {
    case 'weighted_mean':
      return sum(weights);
    case 'weighted_sum_over_batch_size':
      return weights.length;
    case 'weighted_sum_by_nonzero_weights':
      return weights.filter((w) => w !== 0).length;
    default:
      return 1;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
