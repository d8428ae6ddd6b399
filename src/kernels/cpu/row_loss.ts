/**
 * The loss of one row and the statistics from which `row_grad.ts` rebuilds its softmax.
 *
 * For a row x with label y, softmax and loss do not change when one number s is subtracted from
 * every logit:
 *
 *   loss = log(sum_j exp(x[j] - s)) - (x[y] - s)
 *
 * Usually s is the row's maximum, which takes a pass of its own to find. In float64, where exp has
 * room for e^709, the label's logit does as well and is at hand: with s = x[y]
 *
 *   loss = log(1 + others),   others = sum_{j != y} exp(x[j] - x[y])
 *
 * The label's own 1 never enters the sum, so log1p keeps the tiny loss of a confident row, where
 * log(1 + 6e-9) in float32 would be 0.
 *
 * If some logit is far above the label's (or the label's is -Infinity) the sum leaves the range of
 * float32, in which it is handed on. Then s is the maximum after all:
 *
 *   loss = log(others + exp(x[y] - max)) + (max - x[y])
 *
 * NaN and +Infinity need no test: NaN - max and Infinity - Infinity make the sum NaN. So does
 * a row of -Infinity alone, by the label's term.
 */
import {exp} from './exp';

/** The outputs of the Loss kernel. */
export interface RowLosses {
  /** One number a row. */
  readonly loss: Float32Array;
  /** Two numbers a row: rowShift and rowSumExp. */
  readonly statistics: Float32Array;
}

export function allocateRowLosses(batch: number): RowLosses {
  return {loss: new Float32Array(batch), statistics: new Float32Array(2 * batch)};
}

/** Sums below this, 2^120, fit float32 (which ends at 2^128) with room to spare. */
const MAX_SUM_EXP = 2 ** 120;

/** Writes row `row` of `out` for the logits from `begin` to `end` (excluded). */
export function rowLoss(
  logits: Float32Array,
  begin: number,
  end: number,
  label: number,
  row: number,
  out: RowLosses,
): void {
  const labelLogit = logits[begin + label];
  const others = sumExpOfOthers(logits, begin, end, begin + label, labelLogit);
  if (others < MAX_SUM_EXP && Number.isFinite(labelLogit)) {
    out.loss[row] = Math.log1p(others);
    out.statistics[2 * row] = labelLogit;
    out.statistics[2 * row + 1] = 1 + others;
    return;
  }
  const max = maxOf(logits, begin, end);
  const sum = sumExpOfOthers(logits, begin, end, begin + label, max) + Math.exp(labelLogit - max);
  out.loss[row] = Math.log(sum) + (max - labelLogit);
  out.statistics[2 * row] = max;
  out.statistics[2 * row + 1] = sum;
}

function sumExpOfOthers(
  logits: Float32Array,
  begin: number,
  end: number,
  labelIndex: number,
  shift: number,
): number {
  return sumExp(logits, begin, labelIndex, shift) + sumExp(logits, labelIndex + 1, end, shift);
}

/** Two sums side by side: an addition need not wait for the one before it. */
function sumExp(logits: Float32Array, begin: number, end: number, shift: number): number {
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

/** The largest logit; passes over NaN, which the sum then meets. */
function maxOf(logits: Float32Array, begin: number, end: number): number {
  let max = -Infinity;
  for (let i = begin; i < end; i++) {
    if (logits[i] > max) max = logits[i];
  }
  return max;
}
