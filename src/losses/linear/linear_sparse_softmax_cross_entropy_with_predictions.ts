import {op, type Scalar, type Tensor, type TensorLike} from '@tensorflow/tfjs-core';

import type {LinearLossOptions, ToScalar, Weights, WithWeights} from '../options';
import {checkedLinearLoss} from './checked_linear_loss';

/** A loss, and the predicted classes. A type alias, because `tf.tidy` takes no interfaces. */
export type LossAndPredictions<Loss extends Tensor = Tensor> = {
  /** float32 in nats: a scalar, or for `Reduction.NONE` of the shape of labels. */
  loss: Loss;
  /** int32 of the shape of labels: the class with the largest logit. */
  predictions: Tensor;
};

/**
 * `linearSparseSoftmaxCrossEntropy`, together with the classes that the layer predicts, from the
 * same chunks of logits. The loss, its gradients and its name in a `Graph` are the same.
 *
 * Predictions are equal to `tf.argMax(logits, -1)`. They have no gradient. An ignored label has a
 * prediction too, so a metric must leave it out. In training, call `tf.keep` on them:
 * `optimizer.minimize` and `tf.grad` dispose everything that the function makes except its result.
 *
 * ```js
 * const labels = tf.tensor1d([1, 0, 2, -1], 'int32'); // -1 is padding.
 * const inputs = tf.tensor2d([[1, 0], [0, 1], [1, 1], [0, 0]]);
 * const kernel = tf.variable(tf.tensor2d([[0, 3, 1], [2, 0, 1]]));
 * const evaluate = () =>
 *   losses.linearSparseSoftmaxCrossEntropyWithPredictions(labels, inputs, kernel, {ignoreClass: -1});
 * const accuracy = (predictions) =>
 *   tf.tidy(() => {
 *     const counted = tf.cast(tf.notEqual(labels, -1), 'float32');
 *     const hits = tf.cast(tf.equal(labels, predictions), 'float32');
 *     return tf.div(tf.sum(tf.mul(hits, counted)), tf.sum(counted));
 *   });
 *
 * const {loss, predictions} = evaluate();
 * loss.print();
 * // Tensor
 * //     0.7096322178840637
 * predictions.print();
 * // Tensor
 * //     [1, 0, 1, 0]
 * accuracy(predictions).print();
 * // Tensor
 * //     0.6666666865348816
 *
 * let kept;
 * tf.train.sgd(0.1).minimize(() => {
 *   const {loss, predictions} = evaluate();
 *   kept = tf.keep(predictions);
 *   return loss;
 * });
 * accuracy(kept).print();
 * // Tensor
 * //     0.6666666865348816
 * kept.dispose();
 * ```
 *
 * Gradient: that of `linearSparseSoftmaxCrossEntropy` for the loss. TensorFlow has no such loss.
 *
 * @function
 * @param labels as for `sparseSoftmaxCrossEntropy`: int32 `[d0, ..., dn]` or `[d0, ..., dn, 1]`.
 * @param inputs float32 `[d0, ..., dn, units]`.
 * @param kernel float32 `[units, classes]`, or `[classes, units]` with `transposeKernel`.
 * @param weights as for `sparseSoftmaxCrossEntropy`.
 * @param options see {@link LinearLossOptions}.
 * @returns the loss of `linearSparseSoftmaxCrossEntropy`, and predictions, int32 `[d0, ..., dn]`.
 * @throws the errors of `linearSparseSoftmaxCrossEntropy`.
 */
export const linearSparseSoftmaxCrossEntropyWithPredictions = op({
  linearSparseSoftmaxCrossEntropyWithPredictions_,
});

function linearSparseSoftmaxCrossEntropyWithPredictions_(
  labels: Tensor | TensorLike,
  inputs: Tensor | TensorLike,
  kernel: Tensor | TensorLike,
  weights?: Weights,
  options?: ToScalar<LinearLossOptions>,
): LossAndPredictions<Scalar>;
function linearSparseSoftmaxCrossEntropyWithPredictions_(
  labels: Tensor | TensorLike,
  inputs: Tensor | TensorLike,
  kernel: Tensor | TensorLike,
  options: ToScalar<WithWeights<LinearLossOptions>>,
): LossAndPredictions<Scalar>;
function linearSparseSoftmaxCrossEntropyWithPredictions_(
  labels: Tensor | TensorLike,
  inputs: Tensor | TensorLike,
  kernel: Tensor | TensorLike,
  weights?: Weights,
  options?: LinearLossOptions,
): LossAndPredictions;
function linearSparseSoftmaxCrossEntropyWithPredictions_(
  labels: Tensor | TensorLike,
  inputs: Tensor | TensorLike,
  kernel: Tensor | TensorLike,
  options: WithWeights<LinearLossOptions>,
): LossAndPredictions;
function linearSparseSoftmaxCrossEntropyWithPredictions_(
  labels: Tensor | TensorLike,
  inputs: Tensor | TensorLike,
  kernel: Tensor | TensorLike,
  weightsOrOptions?: Weights | WithWeights<LinearLossOptions>,
  lastOptions?: LinearLossOptions,
): LossAndPredictions {
  const {loss, predictions} = checkedLinearLoss({
    labels,
    inputs,
    kernel,
    weightsOrOptions,
    lastOptions,
    withPredictions: true,
  });
  return {loss, predictions: predictions!};
}
