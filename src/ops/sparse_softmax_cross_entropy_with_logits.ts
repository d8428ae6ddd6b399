import {op, type Tensor, type TensorLike} from '@tensorflow/tfjs-core';

import {checkProvided} from '../checks';
import {differentiableLoss} from '../gradients/loss';
import {labelsToTensor, logitsToTensor} from '../to_tensor';
import {checkArguments} from './check_arguments';

/**
 * Cross entropy, in nats, between integer labels and unscaled logits.
 *
 *   loss[i] = log(sum_j exp(logits[i, j])) - logits[i, labels[i]]
 *
 * For classification where each example has exactly one right class. The labels are the class
 * ids themselves; nothing of the size of a one-hot matrix is ever made. For soft labels use
 * `tf.losses.softmaxCrossEntropy`.
 *
 * ```js
 * const logits = tf.tensor2d([[2, -5, 0.5, -0.1], [0, 0, 1.9, 1.4], [-100, 100, -100, -100]]);
 * const labels = tf.tensor1d([0, 3, 1], 'int32');
 * sparseSoftmaxCrossEntropyWithLogits(labels, logits).print();
 * // Tensor
 * //     [0.2975075, 1.1448326, 0]
 * ```
 *
 * Gradient: `softmax(logits) - onehot(labels)` for logits, differentiable again to any order; none
 * for labels. Precision and non-finite logits: docs/numerics.md.
 *
 * Source: `tf.nn.sparse_softmax_cross_entropy_with_logits` (tensorflow/python/ops/nn_ops.py) and
 * its kernel (tensorflow/core/kernels/sparse_xent_op.cc).
 *
 * @param labels int32 `[d0, ..., dn]`, each in `[0, classes)`; a tensor, or plain integers.
 * @param logits float32 `[d0, ..., dn, classes]`, unscaled log probabilities: the op applies the
 *     softmax itself. -Infinity is a class ruled out; NaN or +Infinity makes its row's loss NaN.
 * @returns float32 `[d0, ..., dn]`, nats, never negative. Empty for an empty batch.
 * @throws ValueError if an argument is missing or disposed, or if the shapes do not match: nothing
 *     is broadcast. InvalidArgumentError if labels are not int32, logits not float32, there is no
 *     class, or a label is outside `[0, classes)`: on webgl that is no error, but a loss of NaN.
 */
export const sparseSoftmaxCrossEntropyWithLogits = op({sparseSoftmaxCrossEntropyWithLogits_});

function sparseSoftmaxCrossEntropyWithLogits_<O extends Tensor>(
  labels: Tensor | TensorLike,
  logits: Tensor | TensorLike,
): O {
  checkProvided(labels, logits);
  const $labels = labelsToTensor(labels, 'labels');
  const $logits = logitsToTensor(logits, 'logits');
  checkArguments(labels, $labels, $logits);
  return differentiableLoss({features: $logits, labels: $labels}, {}) as O;
}
