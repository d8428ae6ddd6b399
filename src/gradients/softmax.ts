/**
 * Second derivatives of the loss, from this package's own Grad kernel, to any order.
 *
 * tf.softmax cannot be differentiated twice: its gradient reads the saved output, which is a
 * constant to the tape. On webgl it also starts its maximum at -1e20, so it is wrong for rows below
 * that.
 */
import {add, mul, ones, sub, type Tensor} from '@tensorflow/tfjs-core';

import type {SparseSoftmaxCrossEntropyGradAttrs} from '../kernel_names';
import {type GradInputs, runGrad} from '../run_kernels';
import {broadcast, sumTo} from './sums';

/**
 * The Hessian of the loss of each row times v. It does not depend on the label, and for the plain
 * loss it is the Jacobian of softmax:
 *
 *   (diag(p) - p p^T) v = p * (v - sum(p * v)),   p = softmax(features)
 *
 * With a z-loss k the gradient of the loss is (1 + 2 k lse) p - t. Since d lse / dx = p, it becomes
 *
 *   (1 + 2 k lse) p * (v - sum(p * v)) + 2 k p sum(p * v)
 *
 * The row of an ignored label is 0.
 */
export function hessianProduct(
  inputs: Omit<GradInputs, 'dy'>,
  {ignoreClass, zLoss = 0}: Pick<SparseSoftmaxCrossEntropyGradAttrs, 'ignoreClass' | 'zLoss'>,
  v: Tensor,
): Tensor {
  const dy = ones(inputs.labels.shape);
  // Without a target, Grad is the softmax times 1 + 2 k lse.
  const softmax = (zLoss: number) =>
    runGrad({dy, ...inputs}, {ignoreClass, labelScale: 0, uniformScale: 0, zLoss});
  const p = softmax(0);
  const pv = broadcast(sumTo(mul(p, v), [...dy.shape, 1]), v.shape);
  if (zLoss === 0) return mul(p, sub(v, pv));
  return add(mul(softmax(zLoss), sub(v, pv)), mul(2 * zLoss, mul(p, pv)));
}
