/**
 * Label smoothing s and z-loss, added to the losses of a batch from the statistics of loss.ts:
 *
 *   (1 - s) loss + s (log(sumExp) + meanGap) + zLoss lse^2
 *
 * with meanGap = shift - mean(x) and lse = logsumexp(x) = shift + log(sumExp). rows/row_loss.ts has
 * the derivation.
 */
import {log1p} from './log1p';

/** An option of 0 changes nothing. The losses of ignored labels stay 0. */
export function addOptions(
  logits: usize,
  labels: usize,
  batch: i32,
  numClasses: i32,
  ignoreClass: f64,
  labelSmoothing: f64,
  zLoss: f64,
  losses: usize,
  statistics: usize,
): void {
  const stride = (<usize>batch) << 2;
  for (let at: usize = 0; at < stride; at += 4) {
    if (<f64>load<i32>(labels + at) == ignoreClass) continue;
    const shift = <f64>load<f32>(statistics + at);
    const logSumExp = logOf(load<f32>(statistics + at + stride));
    let loss = <f64>load<f32>(losses + at);
    if (labelSmoothing != 0) {
      const x = logits + at * <usize>numClasses;
      // A loss too large for float32 may fit it again as a share.
      if (loss == Infinity) {
        const labelLogit = load<f32>(x + ((<usize>load<i32>(labels + at)) << 2));
        loss = logSumExp + (shift - <f64>labelLogit);
      }
      const uniformLoss = logSumExp + meanGapOf(x, numClasses, shift);
      // With a smoothing of 1 the label has no share, and 0 times its Infinity would be NaN.
      const labelShare = labelSmoothing == 1 ? 0 : (1 - labelSmoothing) * loss;
      loss = labelShare + labelSmoothing * uniformLoss;
    }
    if (zLoss != 0) loss += zLoss * (shift + logSumExp) * (shift + logSumExp);
    store<f32>(losses + at, <f32>loss);
  }
}

/** log(sumExp). The shift is one of the logits, so one of the terms is 1. */
export function logOf(sumExp: f32): f64 {
  return <f64>f32x4.extract_lane(log1p(f32x4.splat(sumExp - 1)), 0);
}

/**
 * shift - mean(x). In float64 the sum does not overflow, and an offset of 1e6 costs no digits of
 * float32.
 */
function meanGapOf(logits: usize, numClasses: i32, shift: f64): f64 {
  const end = logits + ((<usize>numClasses) << 2);
  let two = f64x2.splat(0);
  let at = logits;
  for (; at + 8 <= end; at += 8) {
    two = f64x2.add(two, f64x2.promote_low_f32x4(v128.load64_zero(at)));
  }
  let sum = f64x2.extract_lane(two, 0) + f64x2.extract_lane(two, 1);
  if (at < end) sum += <f64>load<f32>(at);
  return shift - sum / <f64>numClasses;
}
