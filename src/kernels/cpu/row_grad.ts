/**
 * dy times the gradient of one row's loss, from the statistics that `row_loss.ts` left.
 *
 *   d loss / d x[j] = p[j]       for j != y,    p[j] = exp(x[j] - rowShift) / rowSumExp
 *   d loss / d x[y] = p[y] - 1   = -(sum of the other p)
 *
 * The second form is the one computed: for a confident row p[y] - 1 would round to 0 while the
 * other classes still receive their share, and the row would no longer sum to 0.
 */
import {exp} from './exp';

/** Writes `out` from `begin` to `end` (excluded). */
export function rowGrad(
  dy: number,
  logits: Float32Array,
  begin: number,
  end: number,
  label: number,
  row: number,
  statistics: Float32Array,
  out: Float32Array,
): void {
  const rowShift = statistics[2 * row];
  const rowSumExp = statistics[2 * row + 1];
  const scale = dy / rowSumExp;
  const labelIndex = begin + label;
  const others =
    writeScaledExp(logits, begin, labelIndex, rowShift, scale, out) +
    writeScaledExp(logits, labelIndex + 1, end, rowShift, scale, out);
  // The sum anew, in float64: rowSumExp was rounded to float32. 0 - x, as -x would make -0 of 0.
  const sumExp = others + Math.exp(logits[labelIndex] - rowShift);
  out[labelIndex] = 0 - dy * (others / sumExp);
}

/** out[i] = scale * exp(logits[i] - shift) from `begin` to `end`; returns the sum of the exps. */
function writeScaledExp(
  logits: Float32Array,
  begin: number,
  end: number,
  shift: number,
  scale: number,
  out: Float32Array,
): number {
  let even = 0;
  let odd = 0;
  let i = begin;
  for (; i + 1 < end; i += 2) {
    const e0 = exp(logits[i] - shift);
    const e1 = exp(logits[i + 1] - shift);
    even += e0;
    odd += e1;
    out[i] = e0 * scale;
    out[i + 1] = e1 * scale;
  }
  if (i < end) {
    const e0 = exp(logits[i] - shift);
    even += e0;
    out[i] = e0 * scale;
  }
  return even + odd;
}
