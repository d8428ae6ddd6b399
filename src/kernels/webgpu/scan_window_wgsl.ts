/**
 * Reads a window of a row of logits: every `windows`-th column, from the `window`-th on.
 * Neighbouring threads read neighbouring numbers.
 *
 * An iteration reads four logits. Pairwise comparisons find the largest of them and the shift. It
 * is the new shift, and the exponentials of the others are added.
 */

/** scanWindow. Needs the input `logits`. */
export const scanWindowWgsl = `
fn scanWindow(row : i32, window : i32, windows : i32) -> Statistics {
  let begin = row * uniforms.numClasses;
  let end = begin + uniforms.numClasses;
  var shift = LOWEST;
  var sumOfSmaller = -1.0;
  var magnitude = 0u;
  var at = begin + window;
  for (; at + 3 * windows < end; at += 4 * windows) {
    let x = vec4<f32>(f32(logits[at]), f32(logits[at + windows]),
                      f32(logits[at + 2 * windows]), f32(logits[at + 3 * windows]));
    let bits = bitcast<vec4<u32>>(x) & vec4<u32>(0x7fffffffu);
    magnitude = max(magnitude, max(max(bits.x, bits.y), max(bits.z, bits.w)));
    let xy = max(x.x, x.y);
    let zw = max(x.z, x.w);
    let winner = max(xy, zw);
    let larger = max(shift, winner);
    let losers = vec4<f32>(min(x.x, x.y), min(x.z, x.w), min(xy, zw), min(shift, winner));
    let e = exp(losers - vec4<f32>(larger));
    sumOfSmaller = sumOfSmaller * exp(shift - larger) + ((e.x + e.y) + (e.z + e.w));
    shift = larger;
  }
  for (; at < end; at += windows) {
    let x = f32(logits[at]);
    magnitude = max(magnitude, magnitudeBits(x));
    let larger = max(shift, x);
    sumOfSmaller = sumOfSmaller * exp(shift - larger) + exp(min(shift, x) - larger);
    shift = larger;
  }
  return Statistics(shift, markNaN(sumOfSmaller, shift, magnitude));
}
`;

/**
 * The gapSum of a window, in a second pass. In the loop above it would cost losses without
 * smoothing 1.2 times the time.
 */
export const scanGapWgsl = `
fn scanGap(row : i32, window : i32, windows : i32, shift : f32) -> f32 {
  let begin = row * uniforms.numClasses;
  let end = begin + uniforms.numClasses;
  let top = uniforms.gapScale * shift;
  var gapSum = 0.0;
  for (var at = begin + window; at < end; at += windows) {
    gapSum += gapOf(top, f32(logits[at]));
  }
  return gapSum;
}
`;
