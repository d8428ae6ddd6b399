/** One row of dfeatures, four logits at a time. grad.ts writes the label's entry afterwards. */
import {exp, expOf} from './exp';

/**
 * out[j] = scaledInvSumExp * exp(logits[j] - shift) - c, for the logits up to the address `end`.
 */
export function writeScaledExp(
  logits: usize,
  end: usize,
  shift: f32,
  scaledInvSumExp: f32,
  c: f32,
  out: usize,
): void {
  const shifts = f32x4.splat(shift);
  const scales = f32x4.splat(scaledInvSumExp);
  const cs = f32x4.splat(c);
  let at = logits;
  for (; at + 16 <= end; at += 16, out += 16) {
    const e = inline.always(exp(f32x4.sub(v128.load(at), shifts)));
    v128.store(out, f32x4.sub(f32x4.mul(e, scales), cs));
  }
  if (at == end) return;
  if (end - logits >= 16) {
    // Up to three logits are left. The last four are written, some of them for the second time.
    const e = inline.always(exp(f32x4.sub(v128.load(end - 16), shifts)));
    v128.store(out + (end - at) - 16, f32x4.sub(f32x4.mul(e, scales), cs));
  } else {
    for (; at < end; at += 4, out += 4) {
      store<f32>(out, expOf(load<f32>(at) - shift) * scaledInvSumExp - c);
    }
  }
}

/** 0 for an ignored row, NaN for a row whose label is outside the classes. */
export function fillRow(value: f32, numClasses: i32, out: usize): void {
  const end = out + ((<usize>numClasses) << 2);
  for (; out < end; out += 4) store<f32>(out, value);
}
