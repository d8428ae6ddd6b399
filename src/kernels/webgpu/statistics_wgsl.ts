/**
 * Two numbers of a row in one pass: the shift, which is the largest logit, and the sum of
 * exponentials without that of the largest logit, which is 1.
 *
 *   sumOfSmaller = sum_j exp(x[j] - shift) - 1
 *
 * It is never computed by that subtraction. Each logit is compared with the shift. The larger of
 * the two becomes the new shift, and the exponential of the smaller is added. The sum so far is
 * scaled to the new shift.
 *
 *   shift'        = max(shift, x)
 *   sumOfSmaller' = sumOfSmaller * exp(shift - shift') + exp(min(shift, x) - shift')
 *
 * The 1 is added last, in row_wgsl.ts. In float32 a tiny sum, which is the loss of a confident row,
 * would be lost beside it.
 *
 * Two windows of a row are combined in the same way, so the logits can be read in any order. An
 * empty window has the lowest finite number as its shift and a sumOfSmaller of -1. Combining it
 * with another window leaves the other unchanged.
 *
 * WGSL lets a compiler assume that there is no NaN and no Infinity. So their bits are tested, and a
 * sumOfSmaller of NaN marks a row that must be NaN. -Infinity needs no test: the shift starts at a
 * finite number, so it adds exp(-Infinity) = 0.
 *
 * Label smoothing needs meanGap = shift - mean(x) too. A second pass computes it from gapSum. When
 * a window is moved to a larger shift, the gap of each of its `count` logits grows by as much:
 *
 *   gapSum  = gapScale sum_j (shift - x[j])
 *   gapSum' = gapSum + count gapScale (shift' - shift)
 *
 * No term is negative, so nothing cancels, whatever offset all logits share. gapScale is a power of
 * two, hence exact. It is at most 1 / (2 numClasses), because two logits may be 6e38 apart, which
 * is more than a float32 holds. A -Infinity makes gapSum Infinity, which is right.
 *
 * Every read goes through f32() or i32(): tf.cast leaves int32 numbers as they are in the buffer of
 * a float32 tensor.
 */

/** Types, constants and tests of bits. */
export const statisticsWgsl = `
const INFINITY_BITS = 0x7f800000u;
const NEGATIVE_INFINITY_BITS = 0xff800000u;
const LOWEST = -0x1.fffffep+127f;

struct Statistics {
  shift : f32,
  sumOfSmaller : f32,
}

fn magnitudeBits(x : f32) -> u32 {
  return bitcast<u32>(x) & 0x7fffffffu;
}

fn isNaN(x : f32) -> bool {
  return magnitudeBits(x) > INFINITY_BITS;
}

fn isClass(label : i32) -> bool {
  return label >= 0 && label < uniforms.numClasses;
}

fn isIgnored(label : i32) -> bool {
  return uniforms.hasIgnoreClass == 1 && label == uniforms.ignoreClass;
}

// NaN if a number of the window was NaN or Infinity. A NaN is above Infinity by its bits.
fn markNaN(sumOfSmaller : f32, shift : f32, magnitude : u32) -> f32 {
  let isMarked = magnitude > INFINITY_BITS || bitcast<u32>(shift) == INFINITY_BITS;
  return select(sumOfSmaller, uniforms.NAN, isMarked);
}
`;

/** gapOf and halfMeanGapOf, for label smoothing. */
export const gapWgsl = `
// top = gapScale * shift
fn gapOf(top : f32, x : f32) -> f32 {
  return top - uniforms.gapScale * x;
}

fn halfMeanGapOf(gapSum : f32) -> f32 {
  return gapSum / (2.0 * uniforms.gapScale * f32(uniforms.numClasses));
}
`;

export function gapScaleOf(numClasses: number): number {
  return 2 ** (-1 - Math.ceil(Math.log2(numClasses)));
}
