/**
 * The gradient of one row's loss, scaled, from the statistics that `row_loss.ts` left.
 *
 *   out[j] = a p[j] - b (j == y) - c,     p[j] = exp(x[j] - shift) / sumExp
 *
 *   a = dy,   b = labelScale * dy,   c = uniformScale * dy
 *
 * At the label this would subtract two numbers that are nearly the same: for a confident row
 * p[y] - 1 rounds to 0 while the other classes still receive their share, and the row would no
 * longer sum to 0. With p[y] = 1 - others, others = sum_{j != y} p[j], the same number is
 *
 *   out[y] = (a - b) p[y] - b others - c
 *
 * For the plain loss, where a = b, that is minus the sum of the others.
 */
import {exp} from './exp';

/** The scales of the targets, as of the Grad kernel. */
export interface TargetScales {
  readonly labelScale: number;
  readonly uniformScale: number;
}

/** Writes `out` from `begin` to `end` (excluded). */
export function rowGrad(
  dy: number,
  logits: Float32Array,
  begin: number,
  end: number,
  label: number,
  {labelScale, uniformScale}: TargetScales,
  row: number,
  statistics: Float32Array,
  out: Float32Array,
): void {
  const shift = statistics[2 * row];
  const scale = dy / statistics[2 * row + 1];
  const c = uniformScale === 0 ? 0 : uniformScale * dy; // dy may be Infinity.
  const labelIndex = begin + label;
  const others =
    writeScaledExp(logits, begin, labelIndex, shift, scale, c, out) +
    writeScaledExp(logits, labelIndex + 1, end, shift, scale, c, out);
  const labelExp = Math.exp(logits[labelIndex] - shift);
  const sumExp = others + labelExp; // Anew, in float64: that of the statistics was rounded to float32.
  const p = labelExp / sumExp;
  out[labelIndex] = dy * ((1 - labelScale) * p - labelScale * (others / sumExp) - uniformScale);
}

/** out[i] = scale * exp(logits[i] - shift) - c from `begin` to `end`; returns the sum of the exps. */
function writeScaledExp(
  logits: Float32Array,
  begin: number,
  end: number,
  shift: number,
  scale: number,
  c: number,
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
    out[i] = e0 * scale - c;
    out[i + 1] = e1 * scale - c;
  }
  if (i < end) {
    const e0 = exp(logits[i] - shift);
    even += e0;
    out[i] = e0 * scale - c;
  }
  return even + odd;
}
