import {op, type Scalar, type Tensor, type TensorLike} from '@tensorflow/tfjs-core';

import {floatsToTensor, weightsToTensor} from '../arguments/to_tensor';
import {inLossScope, nameWeightedLoss} from './graph/loss_names';
import {
  LOSS_OPTIONS,
  type LossOptions,
  type ToScalar,
  type Weights,
  weightsAndOptions,
  type WithWeights,
} from './options';
import {toReductionKey} from './reduction';
import {asType, weightAndReduce} from './weight_and_reduce';
import {assertBroadcastable, checkWeightsGiven} from './weights';

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
 * A weight of 0 does not hide a loss of NaN or Infinity: their product is NaN. If the denominator
 * of a mean is 0, the result is exactly 0, whatever the losses are.
 *
 * Gradient: for losses and for weights, to any order. `MEAN` differentiates its denominator,
 * `SUM_BY_NONZERO_WEIGHTS` does not.
 *
 * Source: `tf.compat.v1.losses.compute_weighted_loss`
 * (tensorflow/python/ops/losses/losses_impl.py).
 *
 * @function
 * @param losses float32 of any shape. int32 and bool are cast, and the result is cast back.
 * @param weights a number, or a tensor of float32, int32 or bool. A tensor is a scalar, or has the
 *     rank of losses with every dimension 1 or the same.
 * @param options see {@link LossOptions}.
 * @returns a scalar, or for `Reduction.NONE` a tensor of the shape of losses, in their dtype.
 * @throws ValueError for an unknown reduction, for weights that are missing or do not broadcast to
 *     losses, and for a scope name that TensorFlow refuses; InvalidArgumentError for strings.
 */
export const computeWeightedLoss = op({computeWeightedLoss_});

function computeWeightedLoss_(
  losses: Tensor | TensorLike,
  weights?: Weights,
  options?: ToScalar<LossOptions>,
): Scalar;
function computeWeightedLoss_(
  losses: Tensor | TensorLike,
  options: ToScalar<WithWeights<LossOptions>>,
): Scalar;
function computeWeightedLoss_(
  losses: Tensor | TensorLike,
  weights?: Weights,
  options?: LossOptions,
): Tensor;
function computeWeightedLoss_(
  losses: Tensor | TensorLike,
  options: WithWeights<LossOptions>,
): Tensor;
function computeWeightedLoss_(
  losses: Tensor | TensorLike,
  weightsOrOptions?: Weights | WithWeights<LossOptions>,
  lastOptions?: LossOptions,
): Tensor {
  const {weights, options} = weightsAndOptions(weightsOrOptions, lastOptions, LOSS_OPTIONS);
  const key = toReductionKey(options.reduction);
  return inLossScope('weighted_loss', options, (graph) => {
    if (graph) graph.lastLossReduction = key;
    checkWeightsGiven(weights);
    // A number stays a number, which saves a tensor and kernels.
    const $weights = typeof weights === 'number' ? weights : weightsToTensor(weights);
    const $losses = floatsToTensor(losses, 'losses');
    if (typeof $weights !== 'number') assertBroadcastable($weights, $losses);

    const loss = asType(weightAndReduce(asType($losses, 'float32'), $weights, key), $losses.dtype);
    if (graph) nameWeightedLoss(graph, loss, key, $losses, weights);
    return loss;
  });
}
