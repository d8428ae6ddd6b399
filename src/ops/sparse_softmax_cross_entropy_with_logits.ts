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
 *     loss[i] = log(sum_j exp(logits[i, j])) - logits[i, labels[i]]
 *
 * For classification where each example has exactly one right class. Labels are the class ids
 * themselves, and no one-hot matrix is made. For soft labels use `tf.losses.softmaxCrossEntropy`.
 *
 * With `labelSmoothing` s the target is `(1 - s) * onehot + s / classes`, the formula of
 * `tf.compat.v1.losses.softmax_cross_entropy`, PyTorch and Keras:
 *
 *     loss[i] = log(sum_j exp(logits[i, j]))
 *         - (1 - s) * logits[i, labels[i]] - s * mean_j logits[i, j]
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
 * Gradient: `softmax(logits) - target` for logits, to any order; none for labels. The target is
 * `onehot(labels)` unless it is smoothed. docs/numerics.md has precision and non-finite logits.
 *
 * Source: `tf.nn.sparse_softmax_cross_entropy_with_logits` (tensorflow/python/ops/nn_ops.py) and
 * its kernel (tensorflow/core/kernels/sparse_xent_op.cc).
 *
 * @function
 * @param labels int32 `[d0, ..., dn]`, each in `[0, classes)`; a tensor, or plain integers.
 * @param logits float32 `[d0, ..., dn, classes]`, unscaled log probabilities: the op applies the
 *     softmax itself. A class of -Infinity has the probability 0. NaN or +Infinity makes the loss
 *     of its row NaN.
 * @param options see {@link TargetOptions}. By default no label is ignored and no target is
 *     smoothed.
 * @returns float32 `[d0, ..., dn]`, in nats, never negative. An empty batch gives an empty tensor.
 * @throws ValueError if an argument is missing or disposed, if the shapes do not match (nothing
 *     broadcasts), or for a wrong option. InvalidArgumentError if labels are not int32, if logits
 *     are not float32, if there is no class, or if a label is outside `[0, classes)`. On webgl and
 *     webgpu a label that is on the GPU already is not checked: a wrong one makes its loss NaN.
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
