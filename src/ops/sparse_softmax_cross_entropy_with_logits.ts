import {op, type Tensor, type TensorLike} from '@tensorflow/tfjs-core';

import {describe} from '../arguments/describe';
import {checkOptions, TARGET_OPTIONS, type TargetOptions, toLossAttrs} from '../arguments/options';
import {checkLabelsAndLogits} from '../arguments/shapes';
import {floatsToTensor, labelsToTensor} from '../arguments/to_tensor';
import {ValueError} from '../errors';
import {differentiableLoss} from '../gradients/loss';
import {refuseBadLabels} from './loss_kernel';

/**
 * Cross entropy, in nats, between integer labels and unscaled logits.
 *
 *   loss[i] = log(sum_j exp(logits[i, j])) - logits[i, labels[i]]
 *
 * For classification where each example has exactly one right class. The labels are the class
 * ids themselves; nothing of the size of a one-hot matrix is ever made. For soft labels use
 * `tf.losses.softmaxCrossEntropy`.
 *
 * With `labelSmoothing` s the target is `(1 - s) * onehot + s / classes`, the formula of
 * `tf.compat.v1.losses.softmax_cross_entropy`, PyTorch and Keras:
 *
 *   loss[i] = log(sum_j exp(logits[i, j])) - (1 - s) * logits[i, labels[i]] - s * mean_j logits[i, j]
 *
 * ```js
 * const logits = tf.tensor2d([[2, -5, 0.5, -0.1], [0, 0, 1.9, 1.4], [-100, 100, -100, -100]]);
 * const labels = tf.tensor1d([0, 3, 1], 'int32');
 * sparseSoftmaxCrossEntropyWithLogits(labels, logits).print();
 * // Tensor
 * //     [0.2975075, 1.1448326, 0]
 * const padded = tf.tensor1d([0, -1, 1], 'int32');
 * const options = {ignoreClass: -1, labelSmoothing: 0.1};
 * sparseSoftmaxCrossEntropyWithLogits(padded, logits, options).print();
 * // Tensor
 * //     [0.5625075, 0, 15]
 * ```
 *
 * Gradient: `softmax(logits) - target` for logits, where the target is `onehot(labels)` unless it is
 * smoothed, differentiable again to any order; none for labels. Precision and non-finite logits: docs/numerics.md.
 *
 * Source: `tf.nn.sparse_softmax_cross_entropy_with_logits` (tensorflow/python/ops/nn_ops.py) and
 * its kernel (tensorflow/core/kernels/sparse_xent_op.cc).
 *
 * @function
 * @param labels int32 `[d0, ..., dn]`, each in `[0, classes)`; a tensor, or plain integers.
 * @param logits float32 `[d0, ..., dn, classes]`, unscaled log probabilities: the op applies the
 *     softmax itself. -Infinity is a class ruled out; NaN or +Infinity makes its row's loss NaN.
 * @param options see `TargetOptions`: by default every label counts and no target is smoothed.
 * @returns float32 `[d0, ..., dn]`, nats, never negative. Empty for an empty batch.
 * @throws ValueError if an argument is missing or disposed, or if the shapes do not match: nothing
 *     is broadcast. InvalidArgumentError if labels are not int32, logits not float32, there is no
 *     class, or a label is outside `[0, classes)`. On webgl and webgpu a label that is on the GPU
 *     already is not looked at: a wrong one makes its loss NaN.
 *     ValueError for an `ignoreClass` that is no integer or a `labelSmoothing` outside [0, 1].
 */
export const sparseSoftmaxCrossEntropyWithLogits = op({sparseSoftmaxCrossEntropyWithLogits_});

function sparseSoftmaxCrossEntropyWithLogits_<O extends Tensor>(
  labels: Tensor | TensorLike,
  logits: Tensor | TensorLike,
  options: TargetOptions = {},
): O {
  checkOptions(options, TARGET_OPTIONS, 'Pass weights to losses.sparseSoftmaxCrossEntropy.');
  const attrs = toLossAttrs(options);
  if (labels == null || logits == null) {
    throw new ValueError(
      'Both `labels` and `logits` must be provided for sparseSoftmaxCrossEntropyWithLogits. ' +
        `Received: labels=${describe(labels)} and logits=${describe(logits)}`,
    );
  }
  const $labels = labelsToTensor(labels);
  const $logits = floatsToTensor(logits, 'logits');
  checkLabelsAndLogits({given: labels, labels: $labels, logits: $logits});
  refuseBadLabels($labels, $logits, attrs.ignoreClass);
  return differentiableLoss({features: $logits, labels: $labels}, attrs) as O;
}
