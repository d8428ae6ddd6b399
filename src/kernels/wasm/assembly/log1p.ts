/**
 * log(1 + x) of four x >= 0 at once, tiny x included.
 *
 *   1 + x = 2^k m,   m in [sqrt(1/2), sqrt(2)),   log(1 + x) = k ln(2) + log(m)
 *   log(m) = 2 artanh(s) = 2 (s + s^3 / 3 + s^5 / 5 + ...),   s = (m - 1) / (m + 1), |s| <= 0.172
 *
 * If k is 0, m - 1 is x itself, not the rounded 1 + x minus 1. So the tiny loss of a confident row
 * is not lost.
 */
const SQRT_HALF: i32 = 0x3f3504f3; // The bits of sqrt(1/2).
const LN2: f32 = 0.6931471805599453;

export function log1p(x: v128): v128 {
  const bits = i32x4.sub(f32x4.add(x, f32x4.splat(1)), i32x4.splat(SQRT_HALF));
  const k = i32x4.shr_s(bits, 23);
  const m = i32x4.add(v128.and(bits, i32x4.splat(0x7fffff)), i32x4.splat(SQRT_HALF));
  const mLess1 = v128.bitselect(x, f32x4.sub(m, f32x4.splat(1)), i32x4.eq(k, i32x4.splat(0)));
  const s = f32x4.div(mLess1, f32x4.add(mLess1, f32x4.splat(2)));
  const s2 = f32x4.mul(s, s);
  let series = f32x4.add(f32x4.mul(s2, f32x4.splat(2.0 / 9)), f32x4.splat(2.0 / 7));
  series = f32x4.add(f32x4.mul(s2, series), f32x4.splat(2.0 / 5));
  series = f32x4.add(f32x4.mul(s2, series), f32x4.splat(2.0 / 3));
  series = f32x4.mul(f32x4.mul(s2, s), series);
  const logM = f32x4.add(f32x4.add(s, s), series);
  const log = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(k), f32x4.splat(LN2)), logM);
  return f32x4.add(log, f32x4.sub(x, x)); // The arithmetic on bits loses NaN; x - x restores it.
}
