/**
 * The gradient of every row by TensorFlow's ops, from the statistics of Loss.
 *
 *   dfeatures[j] = a p[j] - b (j == y) - c,     p[j] = exp(x[j] - shift) / sumExp
 *
 *   a = dy (1 + 2 k lse),   b = labelScale dy,   c = uniformScale dy,   lse = shift + log(sumExp)
 *
 * The exponentials are multiplied once, and last. So an infinite dy multiplies a difference, and
 * Infinity is never subtracted from Infinity:
 *
 *   dfeatures[j] = (exp(x[j] - shift) - labelScale unit (j == y) - uniformScale unit) dy / unit
 *
 *   unit = sumExp / (1 + 2 k lse)
 */
import {scalar, type Tensor, type TensorInfo} from '@tensorflow/tfjs-core';

import {sizesOf} from '../../kernel_names';
import type {GradAttrs} from '../define_kernels';
import {labelsFor} from './labels';
import {subtractAtLabels} from './subtract_at_labels';
import {insteadOf, type TensorFlowOps} from './tensorflow_ops';

/** In float32, 1 plus a number is 0 or at least 2^-24 away from it. */
const TINY = 2 ** -53;

/** The inputs of the Grad kernel that are one number or two a row. */
export interface Rows {
  readonly dy: TensorInfo;
  readonly labels: Int32Array;
  readonly statistics: TensorInfo;
}

/** Logits [batch, classes] -> dfeatures [batch, classes]. */
export function gradByOps(
  ops: TensorFlowOps,
  logits: TensorInfo,
  {dy, labels, statistics}: Rows,
  {ignoreClass, labelScale, uniformScale, zLoss}: GradAttrs,
): Tensor {
  const {batch, numClasses} = sizesOf(logits);
  const {classIds, fixed} = labelsFor(labels, numClasses, ignoreClass);
  const [shift, sumExp] = ops.splitColumns(statistics);

  const scales = zLoss === 0 ? undefined : scalesOf(ops, shift, sumExp, zLoss);
  const units = scales ? ops.div(sumExp, scales) : sumExp;

  let gradients = expsOf(ops, logits, shift);
  if (uniformScale !== 0) {
    const uniform = ops.mul(units, scalar(uniformScale));
    gradients = insteadOf(gradients, ops.sub(gradients, uniform));
  }
  if (labelScale !== 0) {
    const targets = labelScale === 1 ? units : ops.mul(units, scalar(labelScale));
    gradients = subtractAtLabels(ops, gradients, classIds, targets);
  }
  let factors = ops.div(ops.reshape(dy, [batch, 1]), sumExp);
  if (scales) factors = ops.mul(factors, scales); // dy / unit, where unit may be too small.
  if (fixed) factors = ops.select(fixed.isFixed, fixed.results, factors);
  gradients = insteadOf(gradients, ops.mul(gradients, factors));
  // In a fixed row an exponential may be infinite or NaN, and 0 times that is NaN.
  if (!fixed || Number.isFinite(ops.total(sumExp))) return gradients;
  return insteadOf(gradients, ops.select(fixed.isFixed, fixed.results, gradients));
}

/** 1 + 2 k lse of each row. TINY replaces 0, and is too small to change another number. */
function scalesOf(ops: TensorFlowOps, shift: Tensor, sumExp: Tensor, zLoss: number): Tensor {
  const lse = ops.add(shift, ops.log(sumExp));
  const scale = ops.add(scalar(1), ops.mul(lse, scalar(2 * zLoss)));
  return ops.add(scale, scalar(TINY));
}

/** exp(x - shift) in one pass over the logits and one matrix if all shifts are 0, else in two. */
function expsOf(ops: TensorFlowOps, logits: TensorInfo, shift: TensorInfo): Tensor {
  if (ops.total(ops.abs(shift)) === 0) return ops.exp(logits);
  const shifted = ops.sub(logits, shift);
  return insteadOf(shifted, ops.exp(shifted));
}
