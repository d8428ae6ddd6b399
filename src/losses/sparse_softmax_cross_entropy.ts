import {op, type Tensor, type TensorLike} from '@tensorflow/tfjs-core';

import {checkOptions} from '../check_options';
import {ValueError} from '../errors';
import {differentiableLoss} from '../gradients/loss';
import {checkArguments} from '../ops/check_arguments';
import {labelsToTensor, logitsToTensor, weightsToTensor} from '../to_tensor';
import {computeWeightedLoss, LOSS_OPTIONS, type LossOptions} from './compute_weighted_loss';
import {getDefaultGraph} from './graph';
import {toReductionKey} from './reduction';
import {squeezedLabelsAndLogits, squeezedWeights} from './squeeze';
import {takeSparseLossNames} from './weighted_loss_names';
import {assertBroadcastable, checkWeightsGiven} from './weights';

/**
 * The cross entropy of integer labels and logits, weighted and reduced: the loss of a classifier.
 *
 * ```js
 * const labels = tf.tensor2d([[2], [0], [1]], [3, 1], 'int32');
 * const logits = tf.tensor2d([[10, 0, 0], [0, 10, 0], [0, 0, 10]]);
 * losses.sparseSoftmaxCrossEntropy(labels, logits).print();
 * // Tensor
 * //     10.000090599060059
 * losses.sparseSoftmaxCrossEntropy(labels, logits, [1.2, 0, 0]).print(); // One weight is not 0.
 * // Tensor
 * //     12.000109672546387
 * ```
 *
 * Gradient: for logits and weights, to any order; none for labels.
 *
 * Source: `tf.compat.v1.losses.sparse_softmax_cross_entropy`
 * (tensorflow/python/ops/losses/losses_impl.py).
 *
 * @param labels int32 `[d0, ..., dn]` or `[d0, ..., dn, 1]`, each in `[0, classes)`: a label that
 *     is to be ignored must be valid too, with a weight of 0.
 * @param logits float32 `[d0, ..., dn, classes]`.
 * @param weights a number, or a tensor of float32, int32 or bool: a scalar, or of the rank of
 *     labels with every dimension 1 or the same, or that with a further dimension of 1.
 * @param options see `LossOptions`. The reduction is `SUM_BY_NONZERO_WEIGHTS` by default: the mean
 *     over the examples that count.
 * @returns float32 in nats: a scalar, or for `Reduction.NONE` of the shape of labels.
 * @throws what `sparseSoftmaxCrossEntropyWithLogits` throws, then what `computeWeightedLoss`
 *     throws; InvalidArgumentError for weights of one rank too many whose last dimension is not 1.
 */
export const sparseSoftmaxCrossEntropy = op({sparseSoftmaxCrossEntropy_});

function sparseSoftmaxCrossEntropy_<O extends Tensor>(
  labels: Tensor | TensorLike,
  logits: Tensor | TensorLike,
  weights: number | Tensor | TensorLike = 1,
  options: LossOptions = {},
): O {
  checkOptions(options, LOSS_OPTIONS);
  if (labels == null) throw new ValueError('Argument `labels` must not be null.');
  if (logits == null) throw new ValueError('Argument `logits` must not be null.');
  const graph = getDefaultGraph();
  const run = (absoluteScope?: string) => {
    // Every check comes before the first kernel, so that a call that throws leaves nothing on the
    // tape. The order is TensorFlow's: labels and logits, then what compute_weighted_loss checks:
    // the reduction, and only now whether there are weights at all.
    const [$labels, $logits] = squeezedLabelsAndLogits(
      labelsToTensor(labels, 'labels'),
      logitsToTensor(logits, 'logits'),
    );
    const $weights =
      weights === null || typeof weights === 'number'
        ? undefined
        : squeezedWeights(weightsToTensor(weights), $labels.info);
    checkArguments(labels, $labels.info, $logits.info);
    const key = toReductionKey(options.reduction);
    if (graph) graph.lastLossReduction = key;
    checkWeightsGiven(weights);
    if ($weights) assertBroadcastable($weights.info, $labels.info);

    if (graph) takeSparseLossNames(graph);
    const losses = differentiableLoss({features: $logits.value(), labels: $labels.value()}, {});
    return computeWeightedLoss<O>(losses, $weights?.value() ?? weights, {
      ...options,
      scope: absoluteScope,
    });
  };
  const scope = options.scope ?? 'sparse_softmax_cross_entropy_loss';
  return graph ? graph.withNameScope(scope, run) : run();
}
