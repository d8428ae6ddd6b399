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

/**
 * Adds logits of one row, floats, or of two, vec2s, by the names of their variables: to magnitude, largest
 * and sumExp, and with the deficit to deficit, top and count as well.
 */
export function addLogitsGlsl(logits: string[], float: string, withDeficit: boolean): string {
  const maxOf = (terms: string[]) => terms.reduce((a, b) => `max(${a}, ${b})`);
  const sumOf = (term: (x: string) => string) => logits.map(term).join(' + ');
  const addToDeficit = `
      ${float} newTop = larger * deficitScale;
      deficit += count * (newTop - top) + (${sumOf((x) => `(newTop - ${x} * deficitScale)`)});
      top = newTop;
      count += ${logits.length}.;`;
  return `
      magnitude = ${maxOf(['magnitude', ...logits.map((x) => `magnitudeBits(${x})`)])};
      ${float} larger = ${maxOf(['largest', ...logits])};
      sumExp = sumExp * exp(largest - larger) + ${sumOf((x) => `exp(${x} - larger)`)};${withDeficit ? addToDeficit : ''}
      largest = larger;`;
}

/** The scale of the deficit: see above. */
export function deficitScaleOf(numClasses: number): number {
  return 2 ** (-1 - Math.ceil(Math.log2(numClasses)));
}
