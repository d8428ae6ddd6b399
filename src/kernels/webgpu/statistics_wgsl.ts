/**
 * Two numbers of a row in one pass: the shift, which is the largest logit, and the sum of
 * exponentials without the largest's own 1.
 *
 *   sumOfSmaller = sum_j exp(x[j] - shift) - 1
 *
 * never computed by that subtraction: of the shift and a logit, the larger is the new shift, and
 * the exponential of the smaller is added. The sum so far is scaled to the new shift.
 *
 *   shift'        = max(shift, x)
 *   sumOfSmaller' = sumOfSmaller * exp(shift - shift') + exp(min(shift, x) - shift')
 *
 * The 1 joins last, in row_wgsl.ts. In float32 it would swallow a tiny sum of the others, which is
 * the loss of a confident row.
 *
 * Two windows of a row are combined in the same way, so the order of reading is free. Nothing has a
 * shift of the lowest finite number and a sumOfSmaller of -1: combined with it, a window stays as
 * it is.
 *
 * WGSL lets a compiler assume that there is no NaN and no Infinity. So their bits are tested, and a
 * sumOfSmaller of NaN marks a row that must be NaN. -Infinity needs no test: the shift starts at a
 * finite number, so it adds exp(-Infinity) = 0.
 *
 * Label smoothing needs meanGap = shift - mean(x) too. It comes of a sum, and a window counts its
 * distance from a larger shift once for each of its `count` logits:
 *
 *   gapSum  = gapScale sum_j (shift - x[j])
 *   gapSum' = gapSum + count gapScale (shift' - shift)
 *
 * No term is negative, so nothing cancels, whatever all logits have in common. gapScale is a power
 * of two, hence exact. It is at most 1 / (2 numClasses), because two logits may be 6e38 apart, which
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
