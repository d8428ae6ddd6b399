/**
 * The loss of every row by TensorFlow's ops.
 *
 * TensorFlow does the work per logit, JavaScript the work per row, in float64. With label smoothing
 * s and z-loss k,
 *
 *   loss = log(sumExp) + (1 - s) (shift - x[y]) + s meanGap + k lse^2
 *
 *   sumExp = sum_j exp(x[j] - shift),   meanGap = shift - mean(x),   lse = shift + log(sumExp)
 *
 * The shift is 0 if all sums allow it, which takes two passes over the logits instead of four.
 * Otherwise it is the largest logit of each row. NaN, +Infinity, and a row of only -Infinity make
 * sumExp NaN, and so the loss.
 */
import {scalar, type Tensor, tensor1d, type TensorInfo} from '@tensorflow/tfjs-core';

import {sizesOf} from '../../kernel_names';
import type {LossAttrs} from '../define_kernels';
import type {RowLosses} from '../rows/row_loss';
import {column, expsOf} from './exps';
import {inRange, isClass} from './labels';
import type {TensorFlowOps} from './tensorflow_ops';

/**
 * Sums of exponentials between its inverse and itself are far from the limits of float32, and so
 * are the gradients, which are divided by them.
 */
const MAX_SUM_EXP = 2 ** 40;

/** Logits [batch, classes], and a label for each row. */
export function lossByOps(
  ops: TensorFlowOps,
  logits: TensorInfo,
  labels: Int32Array,
  {ignoreClass, labelSmoothing, zLoss}: LossAttrs,
): RowLosses {
  const {batch, numClasses} = sizesOf(logits);
  const classIds = tensor1d(inRange(labels, numClasses), 'int32');
  const labelLogits = floats(ops.atLabels(logits, classIds));

  const needsNoShift = (sumExp: number, row: number) =>
    (sumExp >= 1 / MAX_SUM_EXP && sumExp <= MAX_SUM_EXP) || labels[row] === ignoreClass;
  let shifts: Float32Array | undefined;
  // Without a shift, mean(x) would cancel against log(sumExp).
  let sumExps = labelSmoothing === 0 ? sumExpsOf(ops, logits) : undefined;
  if (!sumExps?.every(needsNoShift)) {
    shifts = floats(ops.rowMax(logits));
    sumExps = sumExpsOf(ops, logits, shifts);
  }
  const meanGaps = labelSmoothing > 0 && shifts ? meanGapsOf(ops, logits, shifts) : undefined;

  const loss = new Float32Array(batch);
  const statistics = new Float32Array(2 * batch);
  for (let row = 0; row < batch; row++) {
    const shift = shifts ? shifts[row] : 0;
    statistics[2 * row] = shift;
    statistics[2 * row + 1] = sumExps[row];
    if (labels[row] === ignoreClass) continue;
    const logSumExp = Math.log(sumExps[row]);
    let lossOfRow = isClass(labels[row], numClasses) ? logSumExp : NaN;
    // A share of 0 is left out, since 0 times Infinity is NaN.
    if (labelSmoothing < 1) lossOfRow += (1 - labelSmoothing) * (shift - labelLogits[row]);
    if (meanGaps) lossOfRow += labelSmoothing * meanGaps[row];
    if (zLoss > 0) lossOfRow += zLoss * (shift + logSumExp) ** 2;
    loss[row] = lossOfRow;
  }
  return {loss, statistics};
}

function sumExpsOf(ops: TensorFlowOps, logits: TensorInfo, shifts?: Float32Array): Float32Array {
  const exps = expsOf(ops, logits, shifts);
  const sums = floats(ops.rowSum(exps));
  exps.dispose();
  return sums;
}

/**
 * The meanGap of each row, as the mean of shift - x, which keeps the digits of logits far from 0. A
 * difference or their sum may overflow float32 where the mean does not. So the logits are scaled by
 * a power of two, which rounds nothing.
 */
function meanGapsOf(ops: TensorFlowOps, logits: TensorInfo, shifts: Float32Array): Float64Array {
  const {numClasses} = sizesOf(logits);
  const power = 2 ** -Math.ceil(Math.log2(2 * numClasses));
  const scaled = ops.mul(logits, scalar(power));
  const differences = ops.sub(column(shifts.map((shift) => shift * power)), scaled);
  scaled.dispose();
  const sums = floats(ops.rowSum(differences));
  differences.dispose();
  return Float64Array.from(sums, (sum) => sum / power / numClasses);
}

function floats(x: Tensor): Float32Array {
  return x.dataSync<'float32'>();
}
