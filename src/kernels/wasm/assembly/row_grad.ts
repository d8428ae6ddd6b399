/**
 * The gradient of one row's loss, scaled, from the statistics that `row_loss.ts` left, four logits at
 * a time. The derivation is that of rows/row_grad.ts:
 *
 *   out[j] = a p[j] - b (j == y) - c,     p[j] = exp(x[j] - shift) / sumExp
 *   out[y] = (a - b) p[y] - b others / sumExp - c
 *
 *   a = dy,   b = labelScale * dy,   c = uniformScale * dy
 *
 * The label's entry is written last, over what the loop has put there.
 */
import {exp, expOf} from './exp';

/** Pointers to the row in `logits` and in `out`. */
export function rowGrad(
  dy: f32,
  logits: usize,
  numClasses: i32,
  label: i32,
  shift: f32,
  sumExp: f32,
  others: f32,
  labelScale: f32,
  uniformScale: f32,
  out: usize,
): void {
  const scale = dy / sumExp;
  const c = uniformScale == 0 ? <f32>0 : uniformScale * dy; // dy may be Infinity.
  writeScaledExp(logits, logits + ((<usize>numClasses) << 2), shift, scale, c, out);
  const offset = (<usize>label) << 2;
  const labelExp = labelScale == 1 ? <f32>0 : expOf(load<f32>(logits + offset) - shift);
  const p = labelExp / sumExp;
  const othersP = others / sumExp;
  store<f32>(out + offset, dy * ((1 - labelScale) * p - labelScale * othersP - uniformScale));
}

/** A row that does not count is 0, one with a label outside the classes NaN. */
export function fillRow(value: f32, numClasses: i32, out: usize): void {
  const end = out + ((<usize>numClasses) << 2);
  for (; out < end; out += 4) store<f32>(out, value);
}

/** out[j] = scale * exp(logits[j] - shift) - c */
function writeScaledExp(
  logits: usize,
  end: usize,
  shift: f32,
  scale: f32,
  c: f32,
  out: usize,
): void {
  const shifts = f32x4.splat(shift);
  const scales = f32x4.splat(scale);
  const cs = f32x4.splat(c);
  let at = logits;
  for (; at + 16 <= end; at += 16, out += 16) {
    const e = inline.always(exp(f32x4.sub(v128.load(at), shifts)));
    v128.store(out, f32x4.sub(f32x4.mul(e, scales), cs));
  }
  if (at == end) return;
  if (end - logits >= 16) {
    // Up to three logits are left. The four before `end` are written, some of them anew.
    const e = inline.always(exp(f32x4.sub(v128.load(end - 16), shifts)));
    v128.store(out + (end - at) - 16, f32x4.sub(f32x4.mul(e, scales), cs));
  } else {
    for (; at < end; at += 4, out += 4) store<f32>(out, expOf(load<f32>(at) - shift) * scale - c);
  }
}
