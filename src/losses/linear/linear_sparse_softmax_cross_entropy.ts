import {op, type Scalar, type Tensor, type TensorLike} from '@tensorflow/tfjs-core';

import type {LinearLossOptions, ToScalar, Weights, WithWeights} from '../options';
import {checkedLinearLoss} from './checked_linear_loss';

/**
 * The loss of a classifier's last layer, fused with that layer. It computes
 *
 *     const logits = tf.add(tf.matMul(inputs, kernel), bias);
 *     losses.sparseSoftmaxCrossEntropy(labels, logits, weights, options)
 *
 * in chunks of rows, and never stores all logits. With 50,257 classes and 2,048 rows the logits
 * take 412 MB, and their gradient as much again.
 *
 * ```js
 * const labels = tf.tensor1d([1, 0, 2], 'int32');
 * const inputs = tf.tensor2d([[1, 0], [0, 1], [1, 1]]);
 * const kernel = tf.tensor2d([[0, 3, 1], [2, 0, 1]]);
 * losses.linearSparseSoftmaxCrossEntropy(labels, inputs, kernel).print();
 * // Tensor
 * //     0.7096322178840637
 * const embedding = tf.transpose(kernel); // [classes, units]
 * const options = {transposeKernel: true, bias: [0, 1, 2]};
 * losses.linearSparseSoftmaxCrossEntropy(labels, inputs, embedding, options).print();
 * // Tensor
 * //     0.830930769443512
 * ```
 *
 * Gradient: for inputs, kernel, bias and weights, to any order; none for labels. In training
 * (`tf.grad`, `optimizer.minimize` and the like) a scalar loss computes the gradients of inputs,
 * kernel and bias in the forward pass, whether they are asked for or not. It computes none for a
 * frozen variable, a `tf.Variable` with `trainable: false`. If `tf.grads` asks for that one, the
 * backward pass computes the logits again, chunk by chunk. With `Reduction.NONE` it always does.
 * Only a gradient of a gradient stores all logits. TensorFlow has no such loss.
 *
 * NaN or Infinity in the inputs of an ignored label reaches neither the loss nor a gradient.
 *
 * @function
 * @param labels as for `sparseSoftmaxCrossEntropy`: int32 `[d0, ..., dn]` or `[d0, ..., dn, 1]`.
 * @param inputs float32 `[d0, ..., dn, units]`.
 * @param kernel float32 `[units, classes]`, or `[classes, units]` with `transposeKernel`.
 * @param weights as for `sparseSoftmaxCrossEntropy`.
 * @param options see {@link LinearLossOptions}.
 * @returns float32 in nats: a scalar, or for `Reduction.NONE` of the shape of labels.
 * @throws ValueError for shapes of inputs, kernel and bias that do not fit, InvalidArgumentError if
 *     one is not float32; then the errors of `sparseSoftmaxCrossEntropy`.
 */
export const linearSparseSoftmaxCrossEntropy = op({linearSparseSoftmaxCrossEntropy_});

function linearSparseSoftmaxCrossEntropy_(
  labels: Tensor | TensorLike,
  inputs: Tensor | TensorLike,
  kernel: Tensor | TensorLike,
  weights?: Weights,
  options?: ToScalar<LinearLossOptions>,
): Scalar;
function linearSparseSoftmaxCrossEntropy_(
  labels: Tensor | TensorLike,
  inputs: Tensor | TensorLike,
  kernel: Tensor | TensorLike,
  options: ToScalar<WithWeights<LinearLossOptions>>,
): Scalar;
function linearSparseSoftmaxCrossEntropy_(
  labels: Tensor | TensorLike,
  inputs: Tensor | TensorLike,
  kernel: Tensor | TensorLike,
  weights?: Weights,
  options?: LinearLossOptions,
): Tensor;
function linearSparseSoftmaxCrossEntropy_(
  labels: Tensor | TensorLike,
  inputs: Tensor | TensorLike,
  kernel: Tensor | TensorLike,
  options: WithWeights<LinearLossOptions>,
): Tensor;
function linearSparseSoftmaxCrossEntropy_(
  labels: Tensor | TensorLike,
  inputs: Tensor | TensorLike,
  kernel: Tensor | TensorLike,
  weightsOrOptions?: Weights | WithWeights<LinearLossOptions>,
  lastOptions?: LinearLossOptions,
): Tensor {
  return checkedLinearLoss({
    labels,
    inputs,
    kernel,
    weightsOrOptions,
    lastOptions,
    withPredictions: false,
  }).loss;
}
