/**
 * Softmax's two numbers of a row in one pass: the shift, which is the largest logit, and
 * sumExp = sum(exp(x - shift)). When a larger logit turns up, what was summed so far is scaled to it:
 *
 *   largest' = max(largest, x)
 *   sumExp'  = sumExp * exp(largest - largest') + exp(x - largest')
 *
 * In the same way two windows of a row make one, so the order in which a row is read is free.
 *
 * Label smoothing needs the row's mean too. It is kept as its distance from the shift, the deficit,
 * every term of which is positive: nothing cancels, whatever all logits have in common. A larger
 * logit raises it by as much for each of the `count` logits so far:
 *
 *   deficit  = sum(scale * shift - scale * x)
 *   deficit' = deficit + count * scale (largest' - largest) + scale * (largest' - x)
 *
 * The scale is a power of two, hence exact, and at most 1 / (2 classes): two logits may be 6e38 apart,
 * which no float32 holds, but half of that is one, and so is the mean of all halves. A -Infinity makes
 * the deficit Infinity, which is right.
 *
 * Arithmetic is not trusted with NaN and +Infinity: GPUs drop a NaN in max, fold x * 0 to 0 and make
 * exp(NaN) what they like. Their bits are tested instead, and a row that must be NaN is marked by a
 * sumExp of NaN. A -Infinity needs nothing: `largest` starts at the lowest finite number, so it adds
 * exp(-Infinity) = 0, and a row of nothing else is left with a sumExp of 0.
 */
import {env} from '@tensorflow/tfjs-core';

import {texelsGlsl} from './texels_glsl';

export function statisticsGlsl(): string {
  // A half float cannot hold the lowest float32.
  const lowest = env().getBool('WEBGL_RENDER_FLOAT32_ENABLED') ? '-3.402823466e38' : '-65504.0';
  return `
  ${texelsGlsl}
  const uint INFINITY_BITS = 0x7f800000u;
  const float LOWEST = ${lowest};

  uint magnitudeBits(float x) {
    return floatBitsToUint(x) & 0x7fffffffu;
  }

  uvec2 magnitudeBits(vec2 x) {
    return floatBitsToUint(x) & 0x7fffffffu;
  }

  // Neither 0 nor NaN: a sum of exponentials that can be divided by.
  bool isSum(float sumExp) {
    return floatBitsToUint(sumExp) - 1u < INFINITY_BITS;
  }

  // NaN for a row that holds a NaN, which is above Infinity by its bits, or Infinity.
  float sumOrNaN(float sumExp, uint magnitude, float largest) {
    bool isNaN = magnitude > INFINITY_BITS || floatBitsToUint(largest) == INFINITY_BITS;
    return isNaN ? NAN : sumExp;
  }

  vec2 sumOrNaN(vec2 sumExp, uvec2 magnitude, vec2 largest) {
    return vec2(sumOrNaN(sumExp.x, magnitude.x, largest.x), sumOrNaN(sumExp.y, magnitude.y, largest.y));
  }
`;
}

/** What a fragment takes of a texel x, which holds two rows: its left column and its right one. */
interface RowsRead {
  readonly float: string;
  readonly uint: string;
  readonly left: string;
  readonly right: string;
}

/** Both rows at once, as vec2s of (upper, lower). */
export const bothRows: RowsRead = {float: 'vec2', uint: 'uvec2', left: 'x.xz', right: 'x.yw'};

/** One of them: the bool isUpper says which. */
export const oneRow: RowsRead = {
  float: 'float',
  uint: 'uint',
  left: '(isUpper ? x.x : x.z)',
  right: '(isUpper ? x.y : x.w)',
};

/**
 * Reads every `windows`-th texel of a pair of rows, from the `window`-th on: neighbouring fragments
 * read neighbouring texels. Needs the ints rowPair, window, windows and numClasses; leaves shift and
 * sumExp. With the deficit it needs the float deficitScale as well, and leaves deficit and count.
 */
export function scanWindowGlsl({float, uint, left, right}: RowsRead, withDeficit: boolean): string {
  const ifDeficit = (line: string) => (withDeficit ? line : '');
  return `
    int texelsPerRow = (numClasses + 1) / 2;
    int wholeTexels = numClasses / 2;
    ivec2 size = texelsOf(featuresTexShape);
    vec2 at = texelAt(rowPair * texelsPerRow + window, size);
    vec2 stride = strideOf(windows, size);
    vec2 toUV = 1. / vec2(size);
    float width = float(size.x);

    ${float} largest = ${float}(LOWEST);
    ${float} sumExp = ${float}(0.);
    ${uint} magnitude = ${uint}(0u);
    ${ifDeficit(`${float} deficit = ${float}(0.);
    ${float} top = largest * deficitScale;
    float count = 0.;`)}
    int texel = window;
    for (; texel < wholeTexels; texel += windows) {
      vec4 x = texture(features, at * toUV);
      ${float} left = ${left};
      ${float} right = ${right};
      magnitude = max(magnitude, max(magnitudeBits(left), magnitudeBits(right)));
      ${float} larger = max(largest, max(left, right));
      sumExp = sumExp * exp(largest - larger) + exp(left - larger) + exp(right - larger);
      ${ifDeficit(`${float} newTop = larger * deficitScale;
      deficit += count * (newTop - top) + ((newTop - left * deficitScale) + (newTop - right * deficitScale));
      top = newTop;
      count += 2.;`)}
      largest = larger;
      at = advance(at, stride, width);
    }
    if (texel < texelsPerRow) {
      // The last texel of an odd number of classes: its right half is padding, of any value.
      vec4 x = texture(features, at * toUV);
      ${float} left = ${left};
      magnitude = max(magnitude, magnitudeBits(left));
      ${float} larger = max(largest, left);
      sumExp = sumExp * exp(largest - larger) + exp(left - larger);
      ${ifDeficit(`${float} newTop = larger * deficitScale;
      deficit += count * (newTop - top) + (newTop - left * deficitScale);
      count += 1.;`)}
      largest = larger;
    }
    ${float} shift = largest;
    sumExp = sumOrNaN(sumExp, magnitude, largest);
`;
}

/** The scale of the deficit: see above. */
export function deficitScaleOf(numClasses: number): number {
  return 2 ** (-1 - Math.ceil(Math.log2(numClasses)));
}
