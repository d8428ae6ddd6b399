/**
 * The loss of every row of a matrix of logits by TensorFlow's ops, and the statistics for Grad.
 *
 * What is done for each logit is TensorFlow's; what is done for each row is done here where float64 is
 * needed, for rows are few and in main memory.
 *
 * Loss has three ways, and Grad tells by the rank of the statistics which was taken:
 *
 *   [batch]            sumExp, where the shift is 0 in every row
 *   [batch, classes]   the backprop of the native op
 *   [2, 1, batch]      shift and sumExp
 */
import {scalar, tensor1d, tensor3d, type Tensor, type TensorInfo} from '@tensorflow/tfjs-core';

import {sizesOf} from '../../kernel_names';
import {type CountedRows, labelsOf} from './counted_rows';
import type {TensorFlowOps} from './tensorflow_ops';

/** float32 [batch], and what stands above. */
export interface RowLosses {
  readonly loss: Tensor;
  readonly statistics: Tensor;
}

/**
 * Between its inverse and itself, exponentials and their sums are far from the ends of float32, and
 * so are the gradients that are divided by them. Logits within 27 of 0 are.
 */
const MAX_EXP = 2 ** 40;

/**
 * Without a shift,
 *
 *   loss = log(sumExp / exp(x[y])),   sumExp = sum_j exp(x[j])
 *
 * in two passes over the logits, where TensorFlow's Softmax needs four. The quotient is at least 1, and
 * loses nothing by cancellation. Undefined where a row's numbers are too large or too small for it,
 * infinities and NaN included.
 */
export function lossesWithoutShift(
  ops: TensorFlowOps,
  logits: TensorInfo,
  rows: CountedRows,
): RowLosses | undefined {
  const exps = ops.exp(logits);
  const labelExp = ops.atLabels(exps, labelsOf(rows));
  const sumExp = ops.rowSum(exps);
  exps.dispose(); // The one matrix: let go before anything else is made.
  const smallest = labelExp.dataSync();
  const largest = sumExp.dataSync();
  for (let row = 0; row < smallest.length; row++) {
    const isSafe = smallest[row] >= 1 / MAX_EXP && largest[row] <= MAX_EXP;
    if (!isSafe && rows.counts?.[row] !== 0) return undefined;
  }
  return {loss: ops.log(ops.div(sumExp, labelExp)), statistics: sumExp};
}

/**
 * With the row's largest logit as the shift, where the largest probability is 1 / sumExp, and with
 * label smoothing s:
 *
 *   loss = log(sumExp) + (1 - s) (max - x[y]) + s (max - mean(x))
 *
 * NaN and +Infinity make every probability of their row NaN, as -Infinity alone does, and so the loss.
 */
export function lossesWithShift(
  ops: TensorFlowOps,
  logits: TensorInfo,
  rows: CountedRows,
  labelSmoothing: number,
): RowLosses {
  const rowMax = ops.rowMax(logits);
  const max = rowMax.dataSync();
  const labelLogit = ops.atLabels(logits, labelsOf(rows)).dataSync();
  const maxLessMean = labelSmoothing === 0 ? undefined : rowMaxLessMean(ops, logits, rowMax);
  const probabilities = ops.softmax(logits);
  const maxProbability = ops.rowMax(probabilities).dataSync();
  probabilities.dispose();

  const batch = max.length;
  const loss = new Float32Array(batch);
  const statistics = new Float32Array(2 * batch);
  for (let row = 0; row < batch; row++) {
    const sumExp = 1 / maxProbability[row];
    statistics[row] = max[row];
    statistics[batch + row] = sumExp;
    loss[row] = Math.log(sumExp);
    // A share of 0 is left out: 0 times an Infinity would be NaN.
    if (labelSmoothing < 1) loss[row] += (1 - labelSmoothing) * (max[row] - labelLogit[row]);
    if (maxLessMean) loss[row] += labelSmoothing * maxLessMean[row];
  }
  return {loss: tensor1d(loss), statistics: tensor3d(statistics, [2, 1, batch])};
}

/**
 * max(x) - mean(x) of each row, as the mean of the differences, which keeps the digits of logits far
 * from 0. A difference and their sum may leave the range of float32 where the mean does not, so
 * both are taken of logits scaled by a power of two, which rounds nothing.
 */
function rowMaxLessMean(ops: TensorFlowOps, logits: TensorInfo, rowMax: Tensor): Float64Array {
  const {batch, numClasses} = sizesOf(logits);
  const scale = 2 ** -Math.ceil(Math.log2(2 * numClasses));
  const scaled = ops.mul(logits, scalar(scale));
  const reference = ops.mul(ops.reshape(rowMax, [batch, 1]), scalar(scale));
  const differences = ops.sub(reference, scaled);
  scaled.dispose();
  const sums = ops.rowSum(differences).dataSync();
  differences.dispose();
  return Float64Array.from(sums, (sum) => sum / scale / numClasses);
}
