/**
 * Reading a window of a row of logits: every so many texels, two at a turn. What a loop hands on from turn
 * to turn, as largest and sumExp, costs as much as reading a texel, on software GPUs above all.
 */
import {addLogitsGlsl} from './statistics_glsl';

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
  const declareDeficit = `
    ${float} deficit = ${float}(0.);
    ${float} top = largest * deficitScale;
    float count = 0.;`;
  const add = (...logits: string[]) => addLogitsGlsl(logits, float, withDeficit);
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
    ${uint} magnitude = ${uint}(0u);${withDeficit ? declareDeficit : ''}
    int texel = window;
    for (; texel + windows < wholeTexels; texel += 2 * windows) {
      vec4 x = texture(features, at * toUV);
      ${float} a = ${left};
      ${float} b = ${right};
      at = advance(at, stride, width);
      x = texture(features, at * toUV);
      ${float} c = ${left};
      ${float} d = ${right};
      at = advance(at, stride, width);${add('a', 'b', 'c', 'd')}
    }
    if (texel < wholeTexels) {
      vec4 x = texture(features, at * toUV);
      ${float} a = ${left};
      ${float} b = ${right};
      at = advance(at, stride, width);
      texel += windows;${add('a', 'b')}
    }
    if (texel < texelsPerRow) {
      // The last texel of an odd number of classes: its right half is padding, of any value.
      vec4 x = texture(features, at * toUV);
      ${float} a = ${left};${add('a')}
    }
    ${float} shift = largest;
    sumExp = sumOrNaN(sumExp, magnitude, largest);
`;
}
