/**
 * The loss of one row, and the statistics from which `row_grad.ts` rebuilds its softmax.
 *
 * For a row x with label y, softmax and loss do not change when one number, the shift, is
 * subtracted from every logit:
 *
 *   loss = log(sumExp) + (shift - x[y]),   sumExp = sum_j exp(x[j] - shift)
 *
 * Usually the shift is the row's largest logit, which takes another pass to find. In float64, where
 * exp reaches e^709, the label's logit serves as well, and needs no search:
 *
 *   loss = log(1 + sumOfOthers),   sumOfOthers = sum_{j != y} exp(x[j] - x[y])
 *
 * The label's own 1 never enters the sum, so log1p keeps the tiny loss of a confident row, where
 * log(1 + 6e-9) in float32 would be 0.
 *
 * If some logit is far above the label's, or the label's is -Infinity, the sum is too large for the
 * float32 statistics. Then the shift is the largest logit after all.
 *
 * NaN and +Infinity need no test: NaN - shift and Infinity - Infinity make the sum NaN. It is NaN
 * in a row of only -Infinity too.
 *
 * Label smoothing s mixes the target with the uniform one, and cross entropy is linear in the
 * target:
 *
 *   (1 - s) loss + s uniformLoss,   uniformLoss = logsumexp(x) - mean(x) = log(sumExp) + meanGap
 *
 * with meanGap = shift - mean(x). The z-loss adds zLoss lse^2, lse = shift + log(sumExp).
 */
import {exp} from './exp';

/** Logits [batch, numClasses] in one array, and a label for each row. */
export interface Batch {
  readonly logits: Float32Array;
  readonly labels: Int32Array;
  readonly numClasses: number;
}

/** The outputs of the Loss kernel. */
export interface RowLosses {
  /** One number a row. */
  readonly loss: Float32Array;
  /**
   * Two numbers a row, one after the other: shift and sumExp. The row's softmax is
   * exp(logits - shift) / sumExp.
   */
  readonly statistics: Float32Array;
}

/** The attributes of the Loss kernel that a row needs. */
export interface LossTerms {
  readonly labelSmoothing: number;
  readonly zLoss: number;
}

/** Sums below this fit float32, which ends at 2^128. */
const MAX_SUM_EXP = 2 ** 120;

/** Writes row `row` of `out`. Its label must be in [0, numClasses). */
export function rowLoss(
  {logits, labels, numClasses}: Batch,
  row: number,
  {labelSmoothing, zLoss}: LossTerms,
  out: RowLosses,
): void {
  const begin = row * numClasses;
  const labelIndex = begin + labels[row];
  const end = begin + numClasses;
  const labelLogit = logits[labelIndex];
  let shift = labelLogit;
  const sumOfOthers =
    sumOfExp(logits, begin, labelIndex, shift) + sumOfExp(logits, labelIndex + 1, end, shift);
  let sumExp = 1 + sumOfOthers;
  let logSumExp = Math.log1p(sumOfOthers);
  if (!(sumOfOthers < MAX_SUM_EXP && Number.isFinite(labelLogit))) {
    shift = largestOf(logits, begin, end);
    sumExp = sumOfExp(logits, begin, end, shift);
    logSumExp = Math.log(sumExp);
  }
  out.statistics[2 * row] = shift;
  out.statistics[2 * row + 1] = sumExp;
  let loss = logSumExp + (shift - labelLogit);
  if (labelSmoothing !== 0) {
    const uniformLoss = logSumExp + meanGapOf(logits, begin, end, shift);
    // With a smoothing of 1 the label has no share, and 0 times its Infinity would be NaN.
    const labelShare = labelSmoothing === 1 ? 0 : (1 - labelSmoothing) * loss;
    loss = labelShare + labelSmoothing * uniformLoss;
  }
  if (zLoss !== 0) loss += zLoss * (shift + logSumExp) ** 2;
  out.loss[row] = loss;
}

/** With two sums, an addition need not wait for the one before it. */
function sumOfExp(logits: Float32Array, begin: number, end: number, shift: number): number {
  let even = 0;
  let odd = 0;
  let i = begin;
  for (; i + 1 < end; i += 2) {
    even += exp(logits[i] - shift);
    odd += exp(logits[i + 1] - shift);
  }
  if (i < end) even += exp(logits[i] - shift);
  return even + odd;
}

/**
 * shift - mean(x), as the mean of shift - x. In float64 the sum does not overflow, and an offset of
 * 1e6 costs no digits of float32.
 */
function meanGapOf(logits: Float32Array, begin: number, end: number, shift: number): number {
  let even = 0;
  let odd = 0;
  let i = begin;
  for (; i + 1 < end; i += 2) {
    even += shift - logits[i];
    odd += shift - logits[i + 1];
  }
  if (i < end) even += shift - logits[i];
  return (even + odd) / (end - begin);
}

/** The largest logit that is not NaN. A NaN makes the sum NaN. */
function largestOf(logits: Float32Array, begin: number, end: number): number {
  let largest = -Infinity;
  for (let i = begin; i < end; i++) {
    if (logits[i] > largest) largest = logits[i];
  }
  return largest;
}
