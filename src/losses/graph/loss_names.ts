/** The scope, the names and the collection of a loss in the default graph. */
import {Tensor, type TensorLike} from '@tensorflow/tfjs-core';

import type {LossOptions} from '../options';
import {Reduction, type ReductionKey} from '../reduction';
import {addLoss} from './collections';
import {getDefaultGraph, type Graph} from './graph';
import {GraphKeys} from './graph_keys';

/**
 * Computes a loss in its name scope and adds it to its collection. Both matter only inside a
 * default graph.
 */
export function inLossScope(
  defaultScope: string,
  {scope, lossCollection = GraphKeys.LOSSES}: LossOptions,
  lossIn: (graph: Graph | undefined) => Tensor,
): Tensor {
  const graph = getDefaultGraph();
  const run = () => {
    const loss = lossIn(graph);
    addLoss(loss, lossCollection);
    return loss;
  };
  return graph ? graph.withNameScope(scope ?? defaultScope, run) : run();
}

/**
 * The ops that each reduction of `compute_weighted_loss` adds to the graph; the last is the loss.
 */
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
 * Names a weighted loss. Users see only the last name. The others decide its suffix in a scope that
 * is entered again, such as 'foo/'.
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

/** The scope of a sparse loss if the caller names none. */
export const SPARSE_LOSS_SCOPE = 'sparse_softmax_cross_entropy_loss';

/** Takes the names of the ops that the sparse loss adds before its weighted loss. */
export function takeSparseLossNames(graph: Graph): void {
  ['remove_squeezable_dimensions', 'xentropy'].forEach((name) => graph.uniqueName(name));
}
