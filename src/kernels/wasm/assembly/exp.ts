/**
 * exp of four differences at once, d = x - shift <= 88. Its relative error is 1e-6 for d in [-16,
 * 16], no more than float32 rounding of d itself causes.
 *
 *   exp(d) = 2^t = 2^n 2^f,   t = d log2(e), n the integer nearest to t, f = t - n in [-1/2, 1/2]
 *
 * ROUND is so large that the last bit of t + ROUND is worth 1, so the sum rounds t to n. Its lowest
 * bits hold n + 127, the exponent of 2^n in float32. A shift moves them to the place of the
 * exponent.
 *
 * Below LOWEST = -127 ln(2) the exponent's bits would be negative. At LOWEST they are 0, which
 * makes the number 0. So anything below, with -Infinity, becomes 0 too. NaN stays NaN in every
 * step.
 */
const LOG2_E: f32 = 1.4426950408889634;
const ROUND: f32 = 12582912 + 127; // 1.5 * 2^23
const LOWEST: f32 = -88.02969193111305;

/** 2^f = 1 + f (C1 + f (C2 + ...)) to 1e-7, exact at 0: minimax on [-1/2, 1/2]. */
const C1: f32 = 0.6931469775989789;
const C2: f32 = 0.2402224208526518;
const C3: f32 = 0.05550733743520916;
const C4: f32 = 0.009671512644688537;
const C5: f32 = 0.0013264727115720654;

export function exp(d: v128): v128 {
  const t = f32x4.mul(f32x4.pmax(d, f32x4.splat(LOWEST)), f32x4.splat(LOG2_E));
  const rounded = f32x4.add(t, f32x4.splat(ROUND));
  const f = f32x4.sub(t, f32x4.sub(rounded, f32x4.splat(ROUND)));
  let power = f32x4.add(f32x4.mul(f, f32x4.splat(C5)), f32x4.splat(C4));
  power = f32x4.add(f32x4.mul(f, power), f32x4.splat(C3));
  power = f32x4.add(f32x4.mul(f, power), f32x4.splat(C2));
  power = f32x4.add(f32x4.mul(f, power), f32x4.splat(C1));
  power = f32x4.add(f32x4.mul(f, power), f32x4.splat(1));
  return f32x4.mul(power, i32x4.shl(rounded, 23));
}

/** exp of one difference. */
export function expOf(d: f32): f32 {
  return f32x4.extract_lane(exp(f32x4.splat(d)), 0);
}
