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
 * The 1 is added last, in row_glsl.ts. In float32 a tiny sum, which is the loss of a confident row,
 * would be lost beside it. No logit is tested for being the label's: such a test in the loop made
 * the forward pass 1.1 to 1.2 times as slow.
 *
 * Two windows of a row are combined in the same way, so the logits can be read in any order. An
 * empty window has the lowest finite number as its shift and a sumOfSmaller of -1. Combining it
 * with another window leaves the other unchanged.
 *
 * GPUs may mishandle NaN and +Infinity: they drop a NaN in max, fold x * 0 to 0, and do not define
 * exp(NaN). So the bits are tested, and a sumOfSmaller of NaN marks a row that must be NaN.
 * -Infinity needs no test: the shift starts at a finite number, so it adds exp(-Infinity) = 0.
 *
 * Label smoothing needs meanGap = shift - mean(x) too. The same pass computes it from gapSum. When
 * the shift grows, the gap of each of the `count` logits so far grows by as much:
 *
 *   gapSum  = gapScale sum_j (shift - x[j])
 *   gapSum' = gapSum + count gapScale (shift' - shift) + gapScale (shift' - x)
 *
 * No term is negative, so nothing cancels, whatever offset all logits share. gapScale is a power of
 * two, hence exact. It is at most 1 / (2 numClasses), because two logits may be 6e38 apart, which
 * is more than a float32 holds. A -Infinity makes gapSum Infinity, which is right.
 */
import {env} from '@tensorflow/tfjs-core';

import {texelsGlsl} from './texels_glsl';

/** Types, constants and tests of bits. A program that includes it has the uniform `numClasses`. */
export function statisticsGlsl(): string {
  // A half float cannot hold the lowest float32.
  const lowest = env().getBool('WEBGL_RENDER_FLOAT32_ENABLED') ? '-3.402823466e38' : '-65504.0';
  return `
  ${texelsGlsl}
  const uint INFINITY_BITS = 0x7f800000u;
  const uint NEGATIVE_INFINITY_BITS = 0xff800000u;
  const float LOWEST = ${lowest};

  struct Statistics {
    float shift;
    float sumOfSmaller;
  };

  uint magnitudeBits(float x) {
    return floatBitsToUint(x) & 0x7fffffffu;
  }

  uvec2 magnitudeBits(vec2 x) {
    return floatBitsToUint(x) & 0x7fffffffu;
  }

  bool isNaN(float x) {
    return magnitudeBits(x) > INFINITY_BITS;
  }

  bool isClass(float label) {
    return label >= 0. && label < float(numClasses);
  }

  // tf.js keeps int32 tensors in float textures, and its ops may leave a fraction there: tf.pow
  // makes 99.99999 of 100. floor(label + 0.5) would round 2^23 + 1 to its even neighbour.
  float roundLabel(float label) {
    float whole = floor(label);
    return whole + step(0.5, label - whole);
  }

  // NaN if a number of the window was NaN or Infinity. A NaN is above Infinity by its bits.
  float markNaN(float sumOfSmaller, float shift, uint magnitude) {
    bool isMarked = magnitude > INFINITY_BITS || floatBitsToUint(shift) == INFINITY_BITS;
    return isMarked ? NAN : sumOfSmaller;
  }

  vec2 markNaN(vec2 sumOfSmaller, vec2 shift, uvec2 magnitude) {
    return vec2(markNaN(sumOfSmaller.x, shift.x, magnitude.x),
                markNaN(sumOfSmaller.y, shift.y, magnitude.y));
  }
`;
}

/** gapOf and halfMeanGapOf, for label smoothing. Need the uniform `gapScale`. */
export const gapGlsl = `
  // top = gapScale * shift
  float gapOf(float top, float x) {
    return top - gapScale * x;
  }

  float halfMeanGapOf(float gapSum) {
    return gapSum / (2. * gapScale * float(numClasses));
  }
`;

export function gapScaleOf(numClasses: number): number {
  return 2 ** (-1 - Math.ceil(Math.log2(numClasses)));
}
