/** The names that TensorFlow's `compute_weighted_loss` uses up in its scope, in order. */
import {Tensor, type TensorLike} from '@tensorflow/tfjs-core';

import type {Graph} from './graph';
import {Reduction, type ReductionKey} from './reduction';

/** What each reduction adds to the graph; the last op is the loss. */
const OPS: {readonly [key in ReductionKey]: readonly string[]} = {
  [Reduction.NONE]: ['Mul'],
  [Reduction.SUM]: ['Mul', 'Const', 'Sum'],
  [Reduction.MEAN]: mean('ones_like', 'mul', 'Const', 'Sum'),
  [Reduction.SUM_OVER_BATCH_SIZE]: mean('num_elements'),
  [Reduction.SUM_BY_NONZERO_WEIGHTS]: mean('num_present'),
};

/** A mean, by the ops of its denominator. */
function mean(...denominator: string[]): string[] {
  return ['Mul', 'Const', 'Sum', ...denominator, 'Rank', 'range', 'Sum', 'value'];
}

/**
 * Names a weighted loss. Only the last name is seen, but in a scope that is entered again, as with
 * scope = 'foo/', the others decide which suffix it gets.
 */
export function nameWeightedLoss(
  graph: Graph,
  loss: Tensor,
  key: ReductionKey,
  losses: Tensor,
  weights: number | Tensor | TensorLike,
): void {
  const lossesAreCast = losses.dtype !== 'float32';
  const weightsAreCast = !(weights instanceof Tensor) || weights.dtype !== 'float32';
  const ops = [
    'assert_broadcastable',
    ...(lossesAreCast ? ['Cast'] : []),
    ...(weightsAreCast ? ['Cast'] : []),
    ...OPS[key],
    ...(lossesAreCast ? ['Cast'] : []),
  ];
  ops.slice(0, -1).forEach((name) => graph.uniqueName(name));
  graph.setName(loss, ops[ops.length - 1]);
}

/** The scope of a sparse loss, where the caller names none. */
export const SPARSE_LOSS_SCOPE = 'sparse_softmax_cross_entropy_loss';

/** The same for what the sparse loss adds before its weighted loss. */
export function takeSparseLossNames(graph: Graph): void {
  ['remove_squeezable_dimensions', 'xentropy'].forEach((name) => graph.uniqueName(name));
}
