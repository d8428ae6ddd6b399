import {op, type Tensor, type TensorLike} from '@tensorflow/tfjs-core';

import {ValueError} from '../errors';
import {differentiableLoss} from '../gradients/loss';
import {checkArguments} from '../ops/check_arguments';
import {type TargetOptions, toLossAttrs} from '../ops/target_options';
import {labelsToTensor, logitsToTensor, weightsToTensor} from '../to_tensor';
import {checkOptions} from './check_options';
import {computeWeightedLoss, LOSS_OPTIONS, type LossOptions} from './compute_weighted_loss';
import {getDefaultGraph} from './graph';
import {weightsOfCounted} from './ignored_labels';
import {toReductionKey} from './reduction';
import {squeezedLabelsAndLogits, squeezedWeights} from './squeeze';
import {takeSparseLossNames} from './weighted_loss_names';
import {assertBroadcastable, checkWeightsGiven} from './weights';

/** How the loss is reduced and named, and what the targets are. */
export interface SparseLossOptions extends LossOptions, TargetOptions {}

/** The names of `SparseLossOptions`. */
const OPTIONS = [...LOSS_OPTIONS, 'ignoreClass', 'labelSmoothing'];

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
 * const padded = tf.tensor1d([2, 0, -1], 'int32');
 * losses.sparseSoftmaxCrossEntropy(padded, logits, 1, {ignoreClass: -1}).print(); // Two labels count.
 * // Tensor
 * //     10.000090599060059
 * ```
 *
 * A label that is `ignoreClass` does not count: it is an element of weight 0, whatever its weight is,
 * and its logits may be anything. `SUM_BY_NONZERO_WEIGHTS` and `MEAN` leave it out of their
 * denominator, `SUM_OVER_BATCH_SIZE` counts it. Where nothing counts the loss is exactly 0.
 *
 * Gradient: for logits and weights, to any order; none for labels.
 *
 * Source: `tf.compat.v1.losses.sparse_softmax_cross_entropy`
 * (tensorflow/python/ops/losses/losses_impl.py).
 *
 * @param labels int32 `[d0, ..., dn]` or `[d0, ..., dn, 1]`, each in `[0, classes)`, but for
 *     `ignoreClass`. A weight of 0 does not ignore a label, which must be valid then too.
 * @param logits float32 `[d0, ..., dn, classes]`.
 * @param weights a number, or a tensor of float32, int32 or bool: a scalar, or of the rank of
 *     labels with every dimension 1 or the same, or that with a further dimension of 1.
 * @param options see `SparseLossOptions`. The reduction is `SUM_BY_NONZERO_WEIGHTS` by default: the mean
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
  options: SparseLossOptions = {},
): O {
  checkOptions(options, OPTIONS);
  const {ignoreClass, labelSmoothing, ...lossOptions} = options;
  const attrs = toLossAttrs({ignoreClass, labelSmoothing});
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
    checkArguments(labels, $labels.info, $logits.info, ignoreClass);
    const key = toReductionKey(options.reduction);
    if (graph) graph.lastLossReduction = key;
    checkWeightsGiven(weights);
    if ($weights) assertBroadcastable($weights.info, $labels.info);

    if (graph) takeSparseLossNames(graph);
    const classIds = $labels.value();
    const losses = differentiableLoss({features: $logits.value(), labels: classIds}, attrs);
    const given = $weights?.value() ?? (weights as number);
    const counting =
      ignoreClass === undefined ? given : weightsOfCounted(given, classIds, ignoreClass);
    return computeWeightedLoss<O>(losses, counting, {...lossOptions, scope: absoluteScope});
  };
  const scope = options.scope ?? 'sparse_softmax_cross_entropy_loss';
  return graph ? graph.withNameScope(scope, run) : run();
}
