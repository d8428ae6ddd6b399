/**
 * Softmax's two numbers of a row, largest = max(x) and sumExp = sum(exp(x - largest)), in one pass:
 * when a larger logit turns up, what was summed so far is scaled to it.
 *
 *   largest' = max(largest, x)
 *   sumExp'  = sumExp * exp(largest - largest') + exp(x - largest')
 *
 * In the same way two windows of a row make one, so the order in which a row is read is free.
 * A texel holds two rows: .x of a vec2 is the upper one, .y the lower.
 *
 * Arithmetic is not trusted with NaN and Infinity: GPUs drop a NaN in max, fold x * 0 to 0 and make
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

  uvec4 magnitudeBits(vec4 x) {
    return floatBitsToUint(x) & 0x7fffffffu;
  }

  // Neither 0 nor NaN: a sum of exponentials that can be divided by.
  bool isSum(float sumExp) {
    return floatBitsToUint(sumExp) - 1u < INFINITY_BITS;
  }
`;
}

/**
 * Reads every `windows`-th texel of a pair of rows, from the `window`-th on: neighbouring fragments
 * read neighbouring texels. Needs the ints rowPair, window, windows and numClasses; leaves the vec2s
 * largest and sumExp.
 */
export const scanWindowGlsl = `
    int texelsPerRow = (numClasses + 1) / 2;
    int wholeTexels = numClasses / 2;
    ivec2 size = texelsOf(featuresTexShape);
    vec2 at = texelAt(rowPair * texelsPerRow + window, size);
    vec2 stride = vec2(windows % size.x, windows / size.x);
    vec2 toUV = 1. / vec2(size);
    float width = float(size.x);

    vec2 largest = vec2(LOWEST);
    vec2 sumExp = vec2(0.);
    uvec4 magnitudes = uvec4(0u);
    int texel = window;
    for (; texel < wholeTexels; texel += windows) {
      vec4 x = texture(features, at * toUV);
      magnitudes = max(magnitudes, magnitudeBits(x));
      vec2 larger = max(largest, max(x.xz, x.yw));
      sumExp = sumExp * exp(largest - larger) + exp(x.xz - larger) + exp(x.yw - larger);
      largest = larger;
      at += stride;
      at += step(width, at.x) * vec2(-width, 1.);
    }
    if (texel < texelsPerRow) {
      // The last texel of an odd number of classes: its right half is padding, of any value.
      vec4 x = texture(features, at * toUV);
      magnitudes.xz = max(magnitudes.xz, magnitudeBits(x).xz);
      vec2 larger = max(largest, x.xz);
      sumExp = sumExp * exp(largest - larger) + exp(x.xz - larger);
      largest = larger;
    }
    uvec2 magnitude = max(magnitudes.xz, magnitudes.yw);
    uvec2 largestBits = floatBitsToUint(largest);
    if (magnitude.x > INFINITY_BITS || largestBits.x == INFINITY_BITS) sumExp.x = NAN;
    if (magnitude.y > INFINITY_BITS || largestBits.y == INFINITY_BITS) sumExp.y = NAN;
`;

/**
 * Puts the windows of a pair of rows together, from texels (largest, sumExp, largest, sumExp).
 * Needs the ints rowPair and windows; leaves the vec2s largest and sumExp.
 */
export const combineWindowsGlsl = `
    ivec2 size = texelsOf(statisticsTexShape);
    vec2 at = texelAt(rowPair * windows, size);
    vec2 toUV = 1. / vec2(size);
    float width = float(size.x);

    vec2 largest = vec2(LOWEST);
    vec2 sumExp = vec2(0.);
    uvec4 magnitudes = uvec4(0u);
    for (int window = 0; window < windows; window++) {
      vec4 part = texture(statistics, at * toUV);
      magnitudes = max(magnitudes, magnitudeBits(part));
      vec2 larger = max(largest, part.xz);
      sumExp = sumExp * exp(largest - larger) + part.yw * exp(part.xz - larger);
      largest = larger;
      at.x += 1.;
      at += step(width, at.x) * vec2(-width, 1.);
    }
    if (magnitudes.y > INFINITY_BITS) sumExp.x = NAN;
    if (magnitudes.w > INFINITY_BITS) sumExp.y = NAN;
`;
