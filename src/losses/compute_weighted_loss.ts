import {op, type Scalar, type Tensor, type TensorLike} from '@tensorflow/tfjs-core';
import type {Reduction as TfReduction} from '@tensorflow/tfjs-core';

import {checkOptions} from '../check_options';
import {logitsToTensor, weightsToTensor} from '../to_tensor';
import {addLoss} from './collections';
import {getDefaultGraph, GraphKeys} from './graph';
import {type ReductionKey, toReductionKey} from './reduction';
import {nameWeightedLoss} from './weighted_loss_names';
import {asType, weightAndReduce} from './weight_and_reduce';
import {assertBroadcastable, checkWeightsGiven} from './weights';

/** How a loss is reduced, and its name and place in the default `Graph`, where there is one. */
export interface LossOptions {
  /** The scope of names in the default `Graph`. */
  scope?: string | null | undefined;
  /** The collection of the default `Graph` that the loss goes to; `null` for none. */
  lossCollection?: string | null | undefined;
  /** One of `losses.Reduction`, or of `tf.Reduction`; by default `SUM_BY_NONZERO_WEIGHTS`. */
  reduction?: ReductionKey | TfReduction | undefined;
}

/** The same options where the loss is a scalar: with any reduction but `NONE`. */
export type ToScalar<Options extends LossOptions> = Options & {
  /** Any but `NONE`. */
  reduction?: Exclude<Options['reduction'], 'none' | TfReduction.NONE>;
};

/** The names of `LossOptions`. */
export const LOSS_OPTIONS: readonly string[] = ['scope', 'lossCollection', 'reduction'];

/**
 * Weights losses and reduces them.
 *
 * ```js
 * losses.computeWeightedLoss([1, 2, 3], [1, 0, 2]).print(); // (1 + 6) / 2 weights that are not 0
 * // Tensor
 * //     3.5
 * losses.computeWeightedLoss([1, 2, 3], 2, {reduction: losses.Reduction.NONE}).print();
 * // Tensor
 * //     [2, 4, 6]
 * ```
 *
 * A weight of 0 does not mask: 0 times NaN or Infinity is NaN. Where the denominator of a mean is
 * 0, the result is exactly 0, whatever the losses are.
 *
 * Gradient: for losses and for weights, to any order. `MEAN` differentiates its denominator,
 * `SUM_BY_NONZERO_WEIGHTS` does not.
 *
 * Source: `tf.compat.v1.losses.compute_weighted_loss` (tensorflow/python/ops/losses/losses_impl.py).
 *
 * @function
 * @param losses float32 of any shape (int32 and bool are cast and the result is cast back).
 * @param weights a number, or a tensor of float32, int32 or bool: a scalar, or of the rank of
 *     losses with every dimension 1 or the same.
 * @param options see `LossOptions`.
 * @returns a scalar, or for `Reduction.NONE` a tensor of the shape of losses, in their dtype.
 * @throws ValueError for an unknown reduction, for weights that are missing or do not broadcast to
 *     losses, and for a scope name that TensorFlow refuses; InvalidArgumentError for strings.
 */
export const computeWeightedLoss = op({computeWeightedLoss_});

function computeWeightedLoss_(
  losses: Tensor | TensorLike,
  weights?: number | Tensor | TensorLike,
  options?: ToScalar<LossOptions>,
): Scalar;
function computeWeightedLoss_<O extends Tensor>(
  losses: Tensor | TensorLike,
  weights?: number | Tensor | TensorLike,
  options?: LossOptions,
): O;
function computeWeightedLoss_(
  losses: Tensor | TensorLike,
  weights: number | Tensor | TensorLike = 1,
  options: LossOptions = {},
): Tensor {
  checkOptions(options, LOSS_OPTIONS);
  const {scope, lossCollection = GraphKeys.LOSSES} = options;
  const key = toReductionKey(options.reduction);
  const graph = getDefaultGraph();
  const run = () => {
    if (graph) graph.lastLossReduction = key;
    checkWeightsGiven(weights);
    // A number stays one, which spares its tensor and the kernels on it.
    const $weights = typeof weights === 'number' ? weights : weightsToTensor(weights);
    const $losses = logitsToTensor(losses, 'losses');
    if (typeof $weights !== 'number') assertBroadcastable($weights, $losses);

    const loss = asType(weightAndReduce(asType($losses, 'float32'), $weights, key), $losses.dtype);
    if (graph) nameWeightedLoss(graph, loss, key, $losses, weights);
    addLoss(loss, lossCollection);
    return loss;
  };
  return graph ? graph.withNameScope(scope ?? 'weighted_loss', run) : run();
}
