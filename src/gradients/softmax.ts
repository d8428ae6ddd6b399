/**
 * Softmax that can be differentiated to any order, from this package's own Grad kernel.
 *
 * tf.softmax cannot: its gradient reads the saved output, which the tape knows only as a constant, so
 * a second derivative is missing or fails. On webgl it also starts its maximum at -1e20, and is wrong
 * for a row below that.
 */
import {mul, ones, sub, type Tensor} from '@tensorflow/tfjs-core';

import type {SparseSoftmaxCrossEntropyGradAttrs} from '../kernel_names';
import {type GradInputs, runGrad} from '../run_kernels';
import {broadcast, sumTo} from './sums';

/**
 * The Jacobian of softmax times v, row by row. It is symmetric, and for every label it is also the
 * Hessian of the cross entropy:
 *
 *   (diag(p) - p p^T) v = p * (v - sum(p * v)),   p = softmax(features)
 *
 * The row of an ignored label is 0.
 */
export function softmaxJacobianProduct(
  inputs: Omit<GradInputs, 'dy'>,
  {ignoreClass}: Pick<SparseSoftmaxCrossEntropyGradAttrs, 'ignoreClass'>,
  v: Tensor,
): Tensor {
  const dy = ones(inputs.labels.shape);
  // Grad without a target is softmax itself.
  const p = runGrad({dy, ...inputs}, {ignoreClass, labelScale: 0, uniformScale: 0});
  const sums = sumTo(mul(p, v), [...dy.shape, 1]);
  return mul(p, sub(v, broadcast(sums, v.shape)));
}
