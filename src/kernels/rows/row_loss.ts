/**
 * The loss of one row and the statistics from which `row_grad.ts` rebuilds its softmax.
 *
 * For a row x with label y, softmax and loss do not change when one number s, the shift, is
 * subtracted from every logit:
 *
 *   loss = log(sum_j exp(x[j] - s)) - (x[y] - s)
 *
 * Usually s is the row's largest logit, which takes a pass of its own to find. In float64, where exp
 * has room for e^709, the label's logit does as well and is at hand: with s = x[y]
 *
 *   loss = log(1 + others),   others = sum_{j != y} exp(x[j] - x[y])
 *
 * The label's own 1 never enters the sum, so log1p keeps the tiny loss of a confident row, where
 * log(1 + 6e-9) in float32 would be 0.
 *
 * If some logit is far above the label's (or the label's is -Infinity) the sum leaves the range of
 * float32, in which it is handed on. Then s is the largest logit after all:
 *
 *   loss = log(others + exp(x[y] - largest)) + (largest - x[y])
 *
 * NaN and +Infinity need no test: NaN - largest and Infinity - Infinity make the sum NaN. So does
 * a row of -Infinity alone, by the label's term.
 *
 * Label smoothing mixes the target with the uniform one, and cross entropy is linear in the target:
 *
 *   (1 - labelSmoothing) loss + labelSmoothing uniformLoss,   uniformLoss = logsumexp(x) - mean(x)
 *
 * With mean(x) = s + mean(x - s), whose terms are those that exp takes, that is
 *
 *   uniformLoss = log(sum_j exp(x[j] - s)) - mean(x - s)
 */
import {exp} from './exp';

/** The outputs of the Loss kernel. */
export interface RowLosses {
  /** One number a row. */
  readonly loss: Float32Array;
  /** Two numbers a row: shift and sumExp. */
  readonly statistics: Float32Array;
}

/** Sums below this, 2^120, fit float32 (which ends at 2^128) with room to spare. */
const MAX_SUM_EXP = 2 ** 120;

/** Writes row `row` of `out` for the logits from `begin` to `end` (excluded). */
export function rowLoss(
  logits: Float32Array,
  begin: number,
  end: number,
  label: number,
  labelSmoothing: number,
  row: number,
  out: RowLosses,
): void {
  const labelIndex = begin + label;
  const labelLogit = logits[labelIndex];
  const sumOf = labelSmoothing === 0 ? sumOfExp : sumOfExpAndDistance;
  let shift = labelLogit;
  let sumExp: number;
  let logSumExp: number; // Of the logits less the shift.
  distance = 0;
  const others =
    sumOf(logits, begin, labelIndex, shift) + sumOf(logits, labelIndex + 1, end, shift);
  if (others < MAX_SUM_EXP && Number.isFinite(labelLogit)) {
    sumExp = 1 + others;
    logSumExp = Math.log1p(others);
  } else {
    shift = largestOf(logits, begin, end);
    distance = labelLogit - shift;
    const others =
      sumOf(logits, begin, labelIndex, shift) + sumOf(logits, labelIndex + 1, end, shift);
    sumExp = others + Math.exp(labelLogit - shift);
    logSumExp = Math.log(sumExp);
  }
  out.statistics[2 * row] = shift;
  out.statistics[2 * row + 1] = sumExp;
  const loss = logSumExp + (shift - labelLogit);
  if (labelSmoothing === 0) {
    out.loss[row] = loss;
    return;
  }
  const uniformLoss = logSumExp - distance / (end - begin);
  // With a smoothing of 1 the label has no share, and 0 times its Infinity would be NaN.
  const labelShare = labelSmoothing === 1 ? 0 : (1 - labelSmoothing) * loss;
  out.loss[row] = labelShare + labelSmoothing * uniformLoss;
}

/** Two sums side by side: an addition need not wait for the one before it. */
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

/** sum(x - shift) over the row at hand, of all that `sumOfExpAndDistance` has met since it was 0. */
let distance = 0;

/**
 * The same; what exp takes is added up as well, in float64, which neither overflows nor loses what an
 * offset of 1e6 leaves.
 */
function sumOfExpAndDistance(
  logits: Float32Array,
  begin: number,
  end: number,
  shift: number,
): number {
  let even = 0;
  let odd = 0;
  let evenDistance = 0;
  let oddDistance = 0;
  let i = begin;
  for (; i + 1 < end; i += 2) {
    const d0 = logits[i] - shift;
    const d1 = logits[i + 1] - shift;
    even += exp(d0);
    odd += exp(d1);
    evenDistance += d0;
    oddDistance += d1;
  }
  if (i < end) {
    const d0 = logits[i] - shift;
    even += exp(d0);
    evenDistance += d0;
  }
  distance += evenDistance + oddDistance;
  return even + odd;
}

/** The largest logit; passes over NaN, which the sum then meets. */
function largestOf(logits: Float32Array, begin: number, end: number): number {
  let largest = -Infinity;
  for (let i = begin; i < end; i++) {
    if (logits[i] > largest) largest = logits[i];
  }
  return largest;
}
