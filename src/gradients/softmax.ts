/**
 * Softmax that can be differentiated to any order.
 *
 * tf.softmax cannot: its gradient reads the saved output, which the tape knows only as a constant,
 * so a second derivative is missing or fails. Here the gradient saves the input and starts from
 * it again. It serves derivatives of second and higher order only.
 */
import {customGrad, mul, softmax as tfSoftmax, sub, sum} from '@tensorflow/tfjs-core';
import type {GradSaveFunc, Tensor} from '@tensorflow/tfjs-core';

const softmax = customGrad((logits, save) => {
  (save as GradSaveFunc)([logits as Tensor]);
  return {
    value: tfSoftmax(logits as Tensor),
    gradFunc: (dy: Tensor, [saved]: Tensor[]) => softmaxJacobianProduct(saved, dy),
  };
});

/**
 * The Jacobian of softmax times v, row by row. It is symmetric, and for every label it is also the
 * Hessian of the cross entropy:
 *
 *   (diag(p) - p p^T) v = p * (v - sum(p * v)),   p = softmax(logits)
 */
export function softmaxJacobianProduct(logits: Tensor, v: Tensor): Tensor {
  const p = softmax(logits);
  return mul(p, sub(v, sum(mul(p, v), -1, true)));
}
