/**
 * The gradient of one row's loss, from the statistics of `row_loss.ts`:
 *
 *   dfeatures[j] = a p[j] - b (j == y) - c,     p[j] = exp(x[j] - shift) / sumExp
 *
 *   a = dy (1 + 2 zLoss lse),   lse = shift + log(sumExp)
 *   b = labelScale dy
 *   c = uniformScale dy
 *
 * At the label this would subtract two numbers that are nearly equal. For a confident row p[y] - 1
 * rounds to 0, and the row would no longer sum to 0. With p[y] = 1 - sum of p[j], j != y, the same
 * number is
 *
 *   dfeatures[y] = (a - b) p[y] - b sum_{j != y} p[j] - c
 *
 * For the plain loss, where a = b, that is minus the sum of the other classes' entries.
 */
import {exp} from './exp';
import type {Batch} from './row_loss';

/** The inputs and the output of the Grad kernel. */
export interface GradRows extends Batch {
  readonly dy: Float32Array;
  readonly statistics: Float32Array;
  readonly dfeatures: Float32Array;
}

/** The attributes of the Grad kernel that a row needs. */
export interface GradScales {
  readonly labelScale: number;
  readonly uniformScale: number;
  readonly zLoss: number;
}

/** Writes one row of `rows.dfeatures`. Its label must be in [0, numClasses). */
export function rowGrad(
  rows: GradRows,
  row: number,
  {labelScale, uniformScale, zLoss}: GradScales,
): void {
  const {logits, labels, numClasses, statistics, dfeatures} = rows;
  const dy = rows.dy[row];
  const shift = statistics[2 * row];
  // Without a z-loss, no logarithm. A uniformScale of 0 makes no NaN of an infinite dy.
  const scale = zLoss === 0 ? 1 : 1 + 2 * zLoss * (shift + Math.log(statistics[2 * row + 1]));
  const c = uniformScale === 0 ? 0 : uniformScale * dy;
  const scaledInvSumExp = (dy * scale) / statistics[2 * row + 1];
  const begin = row * numClasses;
  const labelIndex = begin + labels[row];
  const end = begin + numClasses;
  const sumOfOthers =
    writeScaledExp(rows, begin, labelIndex, shift, scaledInvSumExp, c) +
    writeScaledExp(rows, labelIndex + 1, end, shift, scaledInvSumExp, c);
  const labelExp = Math.exp(logits[labelIndex] - shift);
  // Summed again in float64, because the statistics hold it in float32.
  const sumExp = sumOfOthers + labelExp;
  dfeatures[labelIndex] =
    dy *
    ((scale - labelScale) * (labelExp / sumExp) -
      labelScale * (sumOfOthers / sumExp) -
      uniformScale);
}

/**
 * dfeatures[i] = scaledInvSumExp exp(logits[i] - shift) - c, from `begin` up to `end`. Returns the
 * sum of the exps. With two sums, an addition need not wait for the one before it.
 */
function writeScaledExp(
  {logits, dfeatures}: GradRows,
  begin: number,
  end: number,
  shift: number,
  scaledInvSumExp: number,
  c: number,
): number {
  let even = 0;
  let odd = 0;
  let i = begin;
  for (; i + 1 < end; i += 2) {
    const e0 = exp(logits[i] - shift);
    const e1 = exp(logits[i + 1] - shift);
    even += e0;
    odd += e1;
    dfeatures[i] = e0 * scaledInvSumExp - c;
    dfeatures[i + 1] = e1 * scaledInvSumExp - c;
  }
  if (i < end) {
    const e0 = exp(logits[i] - shift);
    even += e0;
    dfeatures[i] = e0 * scaledInvSumExp - c;
  }
  return even + odd;
}
