import * as tf from '@tensorflow/tfjs-core';

import {ValueError} from '../errors';

/**
 * How `computeWeightedLoss` reduces the weighted losses: `tf.compat.v1.losses.Reduction`.
 *
 * `n` is the number of losses, `w` the weights broadcast to them; a division by 0 gives 0.
 */
export const Reduction = {
  // Docstrings of one line would be misplaced in the built types.
  /**
   * The weighted losses themselves.
   */
  NONE: 'none',
  /**
   * Their sum.
   */
  SUM: 'weighted_sum',
  /**
   * Their sum over the sum of `w`.
   */
  MEAN: 'weighted_mean',
  /**
   * Their sum over `n`.
   */
  SUM_OVER_BATCH_SIZE: 'weighted_sum_over_batch_size',
  /**
   * Their sum over the number of `w` that are not 0. The default.
   */
  SUM_BY_NONZERO_WEIGHTS: 'weighted_sum_by_nonzero_weights',
  /**
   * The older name of `SUM_BY_NONZERO_WEIGHTS`.
   */
  SUM_OVER_NONZERO_WEIGHTS: 'weighted_sum_by_nonzero_weights',

  /**
   * All six values, the last two the same.
   */
  all: (): readonly ReductionKey[] => ALL,

  /**
   * Returns nothing for one of the values, and throws for anything else.
   *
   * @param key the value to check.
   * @throws ValueError if it is not one of the values.
   */
  validate: (key: unknown): void => {
    if (!ALL.some((value) => value === key)) {
      throw new ValueError(
        `${cureFor(key)}Invalid Reduction Key ${String(key)}. Key should be one of ` +
          `(${[...new Set(ALL)].map((value) => `'${value}'`).join(', ')}).`,
      );
    }
  },
} as const;

/** The type of a reduction: one of the values. */
export type ReductionKey =
  | 'none'
  | 'weighted_sum'
  | 'weighted_mean'
  | 'weighted_sum_over_batch_size'
  | 'weighted_sum_by_nonzero_weights';

/** Makes `losses.Reduction` the type as well as the values. */
export type Reduction = ReductionKey;

const ALL: readonly ReductionKey[] = [
  'none',
  'weighted_sum',
  'weighted_mean',
  'weighted_sum_over_batch_size',
  'weighted_sum_by_nonzero_weights',
  'weighted_sum_by_nonzero_weights',
];

/** For 'mean' or 'SUM', which are names of keys and not their values. */
function cureFor(key: unknown): string {
  const name = String(key).toUpperCase();
  return Object.keys(Reduction).some((each) => each === name)
    ? `Pass losses.Reduction.${name}. `
    : '';
}

/** tf.js's enum, which has four of the five. */
const OF_TFJS: {readonly [value: number]: ReductionKey | undefined} = {
  [tf.Reduction.NONE]: Reduction.NONE,
  [tf.Reduction.MEAN]: Reduction.MEAN,
  [tf.Reduction.SUM]: Reduction.SUM,
  [tf.Reduction.SUM_BY_NONZERO_WEIGHTS]: Reduction.SUM_BY_NONZERO_WEIGHTS,
};

/**
 * Turns a key of TensorFlow or a value of `tf.Reduction` into a key. The default is TensorFlow's.
 */
export function toReductionKey(
  reduction: ReductionKey | tf.Reduction = Reduction.SUM_BY_NONZERO_WEIGHTS,
): ReductionKey {
  const key = (typeof reduction === 'number' && OF_TFJS[reduction]) || reduction;
  Reduction.validate(key);
  return key as ReductionKey;
}
