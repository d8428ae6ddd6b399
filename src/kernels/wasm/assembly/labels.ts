/** Four labels at once. `ignoreClass` is NaN, which equals no label, if no label is ignored. */

/** Whether one of four labels is ignored. */
export function anyIgnored(four: v128, ignoreClass: f64): bool {
  return v128.any_true(ignored(four, ignoreClass));
}

/** Whether every label that is not ignored is in [0, numClasses). */
export function labelsFit(labels: usize, batch: i32, numClasses: i32, ignoreClass: f64): bool {
  const end = labels + ((<usize>batch) << 2);
  const classes = i32x4.splat(numClasses);
  let at = labels;
  for (; at + 16 <= end; at += 16) {
    const four = v128.load(at);
    const outside = i32x4.ge_u(four, classes); // Unsigned, a negative label is a large one.
    if (v128.any_true(v128.andnot(outside, ignored(four, ignoreClass)))) return false;
  }
  for (; at < end; at += 4) {
    const label = load<i32>(at);
    if (<u32>label >= <u32>numClasses && <f64>label != ignoreClass) return false;
  }
  return true;
}

/** Sets all bits of the lanes whose label is ignored. */
function ignored(four: v128, ignoreClass: f64): v128 {
  const one = f64x2.splat(ignoreClass);
  const low = f64x2.eq(f64x2.convert_low_i32x4_s(four), one);
  const high = f64x2.eq(f64x2.convert_low_i32x4_s(v128.shuffle<i32>(four, four, 2, 3, 2, 3)), one);
  return v128.shuffle<i32>(low, high, 0, 2, 4, 6);
}
