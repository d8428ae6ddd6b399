import {op, type Scalar, type Tensor, type TensorLike} from '@tensorflow/tfjs-core';

import type {LinearLossOptions, ToScalar, Weights, WithWeights} from '../options';
import {checkedLinearLoss} from './checked_linear_loss';

/**
 * The loss of a classifier's last layer, which never holds its logits: what
 *
 *   losses.sparseSoftmaxCrossEntropy(labels, tf.add(tf.matMul(inputs, kernel), bias), weights, options)
 *
 * computes, by chunks of rows. With 50,257 classes and 2,048 rows the logits are 412 MB and their
 * gradient as much again; here it is a chunk of each.
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
 * losses.linearSparseSoftmaxCrossEntropy(labels, inputs, embedding, 1, options).print();
 * // Tensor
 * //     0.830930769443512
 * ```
 *
 * Gradient: for inputs, kernel, bias and weights, to any order; none for labels. Where a gradient is
 * taken (`tf.grad`, `optimizer.minimize` ...) and the loss is a scalar, the gradients of inputs, kernel
 * and bias are made with the loss, chunk by chunk, whether they are asked for or not. None is made for a
 * frozen variable, a `tf.Variable` with `trainable: false`. If `tf.grads` asks for it all the same, the
 * way back makes the logits again, chunk by chunk. With `Reduction.NONE` it always does. A gradient of a
 * gradient holds all logits. TensorFlow has no such loss.
 *
 * The inputs of ignored labels do not matter: NaN or Infinity there reaches neither the loss nor a
 * gradient.
 *
 * @function
 * @param labels as for `sparseSoftmaxCrossEntropy`: int32 `[d0, ..., dn]` or `[d0, ..., dn, 1]`.
 * @param inputs float32 `[d0, ..., dn, units]`.
 * @param kernel float32 `[units, classes]`, or `[classes, units]` with `transposeKernel`.
 * @param weights as for `sparseSoftmaxCrossEntropy`.
 * @param options see `LinearLossOptions`.
 * @returns float32 in nats: a scalar, or for `Reduction.NONE` of the shape of labels.
 * @throws ValueError for shapes of inputs, kernel and bias that do not fit, InvalidArgumentError where
 *     one is not float32; then what `sparseSoftmaxCrossEntropy` throws.
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
