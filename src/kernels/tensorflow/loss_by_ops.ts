/**
 * The loss of every row by TensorFlow's ops. With label smoothing s and z-loss k,
 *
 *   loss = log(sumExp) + (1 - s) (shift - x[y]) + s meanGap + k lse^2
 *
 *   sumExp = sum_j exp(x[j] - shift),   meanGap = shift - mean(x),   lse = shift + log(sumExp)
 *
 * The shift is the largest logit of the row. NaN, +Infinity, and a row of only -Infinity make
 * sumExp NaN, and so the loss.
 *
 * Without smoothing, and if all exponentials allow it, the shift is 0. Then
 *
 *   loss = log(sumExp / exp(x[y])) + k lse^2
 *
 * takes two passes over the logits instead of four. The quotient is at least 1, and nothing cancels.
 */
import {scalar, type Tensor, tensor2d, type TensorInfo} from '@tensorflow/tfjs-core';

import {sizesOf} from '../../kernel_names';
import type {LossAttrs} from '../define_kernels';
import {labelsFor} from './labels';
import {insteadOf, type TensorFlowOps} from './tensorflow_ops';

/**
 * Exponentials between its inverse and itself are far from the limits of float32, and so are the
 * gradients, which are divided by their sum.
 */
const MAX_EXP = 2 ** 40;

/** Columns, [batch, 1]. Without a `shift` it is 0. `crossEntropy` is the loss without z-loss. */
interface Terms {
  readonly shift?: Tensor;
  readonly sumExp: Tensor;
  readonly crossEntropy: Tensor;
}

/** Logits [batch, classes], and a label for each row -> loss [batch, 1], statistics [batch, 2]. */
export function lossByOps(
  ops: TensorFlowOps,
  logits: TensorInfo,
  labels: Int32Array,
  {ignoreClass, labelSmoothing, zLoss}: LossAttrs,
): {loss: Tensor; statistics: Tensor} {
  const {batch, numClasses} = sizesOf(logits);
  const {classIds, fixed} = labelsFor(labels, numClasses, ignoreClass);
  const indices = tensor2d(classIds, [batch, 1], 'int32');
  const {shift, sumExp, crossEntropy} =
    (labelSmoothing === 0 ? termsWithoutShift(ops, logits, indices) : undefined) ??
    termsWithShift(ops, logits, indices, labelSmoothing);
  let loss = crossEntropy;
  if (zLoss !== 0) {
    const logSumExp = ops.log(sumExp);
    const lse = shift ? ops.add(shift, logSumExp) : logSumExp;
    loss = ops.add(loss, ops.mul(ops.mul(lse, scalar(zLoss)), lse));
  }
  if (fixed) loss = ops.select(fixed.isFixed, fixed.results, loss);
  // Without a shift, one op writes [0, sumExp] of each row.
  const statistics = shift ? ops.joinColumns(shift, sumExp) : ops.mul(sumExp, tensor2d([[0, 1]]));
  return {loss, statistics};
}

/** Undefined if an exponential is too large or too small. A row of NaN needs no shift either. */
function termsWithoutShift(
  ops: TensorFlowOps,
  logits: TensorInfo,
  indices: TensorInfo,
): Terms | undefined {
  const exps = ops.exp(logits);
  const sumExp = ops.rowSum(exps);
  const labelExp = ops.atLabels(exps, indices);
  exps.dispose();
  const sumExps = sumExp.dataSync();
  const labelExps = labelExp.dataSync();
  for (let row = 0; row < sumExps.length; row++) {
    if (sumExps[row] > MAX_EXP || labelExps[row] < 1 / MAX_EXP) return undefined;
  }
  return {sumExp, crossEntropy: ops.log(ops.div(sumExp, labelExp))};
}

function termsWithShift(
  ops: TensorFlowOps,
  logits: TensorInfo,
  indices: TensorInfo,
  labelSmoothing: number,
): Terms {
  const shift = ops.rowMax(logits);
  const shifted = ops.sub(logits, shift);
  const exps = insteadOf(shifted, ops.exp(shifted));
  const sumExp = ops.rowSum(exps);
  exps.dispose();
  let crossEntropy = ops.log(sumExp);
  // A share of 0 is left out, since 0 times Infinity is NaN.
  if (labelSmoothing < 1) {
    const labelGap = scaledGap(ops, shift, ops.atLabels(logits, indices), 1 / 2);
    crossEntropy = ops.add(crossEntropy, ops.mul(labelGap, scalar(2 * (1 - labelSmoothing))));
  }
  if (labelSmoothing > 0) {
    const {numClasses} = sizesOf(logits);
    const power = 2 ** -Math.ceil(Math.log2(2 * numClasses));
    const gaps = scaledGap(ops, shift, logits, power);
    const sums = ops.rowSum(gaps);
    gaps.dispose();
    // As the mean of shift - x, meanGap keeps the digits of logits far from 0.
    const toMeanGap = 1 / power / numClasses;
    crossEntropy = ops.add(crossEntropy, ops.mul(sums, scalar(labelSmoothing * toMeanGap)));
  }
  return {shift, sumExp, crossEntropy};
}

/**
 * power * (shift - x) for a power of two, which rounds nothing. The gap, or a sum of gaps, may
 * overflow float32 where the share of it that is asked for does not.
 */
function scaledGap(ops: TensorFlowOps, shift: Tensor, x: TensorInfo, power: number): Tensor {
  const scaled = ops.mul(x, scalar(power));
  return insteadOf(scaled, ops.sub(ops.mul(shift, scalar(power)), scaled));
}
