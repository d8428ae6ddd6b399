import {op, type Scalar, type Tensor, type TensorLike} from '@tensorflow/tfjs-core';

import {toLossAttrs} from '../arguments/options';
import {differentiableLoss} from '../gradients/loss';
import {floatsToTensor, labelsToTensor, reshapedTo} from '../arguments/to_tensor';
import {checkGiven, checkSparseLoss} from './check_sparse_loss';
import {weightAndReduceCounted} from './ignored_labels';
import {
  inLossScope,
  nameWeightedLoss,
  SPARSE_LOSS_SCOPE,
  takeSparseLossNames,
} from './graph/loss_names';
import {
  SPARSE_LOSS_OPTIONS,
  type SparseLossOptions,
  type ToScalar,
  type Weights,
  weightsAndOptions,
  type WithWeights,
} from './options';
import {squeezed} from './weights';

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
 * losses.sparseSoftmaxCrossEntropy(padded, logits, {ignoreClass: -1}).print(); // The mean of two.
 * // Tensor
 * //     10.000090599060059
 * ```
 *
 * A label equal to `ignoreClass` is ignored: its weight is 0, whatever `weights` say, and its
 * logits may be anything. `SUM_BY_NONZERO_WEIGHTS` and `MEAN` leave it out of their denominator;
 * `SUM_OVER_BATCH_SIZE` includes it. If all labels are ignored the loss is exactly 0.
 *
 * Gradient: for logits and weights, to any order; none for labels.
 *
 * Source: `tf.compat.v1.losses.sparse_softmax_cross_entropy`
 * (tensorflow/python/ops/losses/losses_impl.py).
 *
 * @function
 * @param labels int32 `[d0, ..., dn]` or `[d0, ..., dn, 1]`, each in `[0, classes)` or equal to
 *     `ignoreClass`. A label with the weight 0 must be valid too.
 * @param logits float32 `[d0, ..., dn, classes]`.
 * @param weights a number, or a tensor of float32, int32 or bool. A tensor is a scalar, or has the
 *     rank of labels with every dimension 1 or the same. A last dimension of 1 may follow.
 * @param options see {@link SparseLossOptions}. By default the reduction is
 *     `SUM_BY_NONZERO_WEIGHTS`, the mean over the labels whose weight is not 0.
 * @returns float32 in nats: a scalar, or for `Reduction.NONE` of the shape of labels.
 * @throws the errors of `sparseSoftmaxCrossEntropyWithLogits`, then those of `computeWeightedLoss`;
 *     InvalidArgumentError for weights of one rank too many whose last dimension is not 1.
 */
export const sparseSoftmaxCrossEntropy = op({sparseSoftmaxCrossEntropy_});

function sparseSoftmaxCrossEntropy_(
  labels: Tensor | TensorLike,
  logits: Tensor | TensorLike,
  weights?: Weights,
  options?: ToScalar<SparseLossOptions>,
): Scalar;
function sparseSoftmaxCrossEntropy_(
  labels: Tensor | TensorLike,
  logits: Tensor | TensorLike,
  options: ToScalar<WithWeights<SparseLossOptions>>,
): Scalar;
function sparseSoftmaxCrossEntropy_(
  labels: Tensor | TensorLike,
  logits: Tensor | TensorLike,
  weights?: Weights,
  options?: SparseLossOptions,
): Tensor;
function sparseSoftmaxCrossEntropy_(
  labels: Tensor | TensorLike,
  logits: Tensor | TensorLike,
  options: WithWeights<SparseLossOptions>,
): Tensor;
function sparseSoftmaxCrossEntropy_(
  labels: Tensor | TensorLike,
  logits: Tensor | TensorLike,
  weightsOrOptions?: Weights | WithWeights<SparseLossOptions>,
  lastOptions?: SparseLossOptions,
): Tensor {
  const {weights, options} = weightsAndOptions(weightsOrOptions, lastOptions, SPARSE_LOSS_OPTIONS);
  const attrs = toLossAttrs(options);
  checkGiven({labels, logits});
  return inLossScope(SPARSE_LOSS_SCOPE, options, (graph) => {
    const $labels = labelsToTensor(labels);
    const $logits = floatsToTensor(logits, 'logits');
    const infos = squeezed($labels, $logits);
    const {key, weightsOf} = checkSparseLoss({given: labels, ...infos}, weights, options);
    if (graph) takeSparseLossNames(graph);
    const classIds = reshapedTo($labels, infos.labels.shape);
    const features = reshapedTo($logits, infos.logits.shape);
    const losses = differentiableLoss({features, labels: classIds}, attrs);
    const {ignoreClass} = attrs;
    const loss = weightAndReduceCounted(
      losses,
      weightsOf(classIds),
      {labels: classIds, ignoreClass},
      key,
    );
    if (graph) nameWeightedLoss(graph, loss, key, losses, weights);
    return loss;
  });
}
