/**
 * Reads a window of a row of logits: every `windows`-th texel of its pair of rows, from the
 * `window`-th on. Neighbouring fragments read neighbouring texels.
 *
 * An iteration reads two texels, because the variables that it hands to the next cost as much as a
 * texel, above all on software GPUs. Pairwise comparisons find the largest of the shift and the
 * four logits of a row. It is the new shift, and the exponentials of the others are added.
 */

/**
 * A texel holds two columns of two rows. With 'float' a fragment reads one of the rows, with 'vec2'
 * both as (upper, lower).
 */
type Rows = 'float' | 'vec2';

const leftAndRightGlsl = {
  float: `
  float leftOf(vec4 texel, bool isUpper) {
    return isUpper ? texel.x : texel.z;
  }

  float rightOf(vec4 texel, bool isUpper) {
    return isUpper ? texel.y : texel.w;
  }
`,
  vec2: `
  vec2 leftOf(vec4 texel, bool isUpper) {
    return texel.xz;
  }

  vec2 rightOf(vec4 texel, bool isUpper) {
    return texel.yw;
  }
`,
};

/**
 * scanWindow for one row, or for `row` and the one below it. Needs the input `logits`. For label
 * smoothing the window of one row has a gapSum and a count too.
 */
export function scanWindowGlsl(rows: Rows, withGap: boolean): string {
  const ifGap = (line: string) => (withGap ? line : '');
  return `
  ${leftAndRightGlsl[rows]}
  struct Window {
    ${rows} shift;
    ${rows} sumOfSmaller;${ifGap('\n    float gapSum;\n    float count;')}
  };

  Window scanWindow(int row, int window, int windows) {
    int texelsPerRow = (numClasses + 1) >> 1;
    int wholeTexels = numClasses >> 1;
    bool isUpper = (row & 1) == 0;
    ivec2 size = texelsOf(logitsTexShape);
    vec2 at = texelAt((row >> 1) * texelsPerRow + window, size);
    vec2 stride = strideOf(windows, size);
    vec2 toUV = 1. / vec2(size);
    float width = float(size.x);

    ${rows} shift = ${rows}(LOWEST);
    ${rows} sumOfSmaller = ${rows}(-1.);
    ${rows === 'float' ? 'uint' : 'uvec2'} magnitude = magnitudeBits(${rows}(0.));
    ${ifGap('float gapSum = 0.;\n    float count = 0.;')}
    int texel = window;
    for (; texel + windows < wholeTexels; texel += 2 * windows) {
      vec4 x = texture(logits, at * toUV);
      ${rows} a = leftOf(x, isUpper);
      ${rows} b = rightOf(x, isUpper);
      at = advance(at, stride, width);
      x = texture(logits, at * toUV);
      ${rows} c = leftOf(x, isUpper);
      ${rows} d = rightOf(x, isUpper);
      at = advance(at, stride, width);
      magnitude = max(magnitude, max(max(magnitudeBits(a), magnitudeBits(b)),
                                     max(magnitudeBits(c), magnitudeBits(d))));
      ${rows} ab = max(a, b);
      ${rows} cd = max(c, d);
      ${rows} abcd = max(ab, cd);
      ${rows} larger = max(shift, abcd);
      sumOfSmaller = sumOfSmaller * exp(shift - larger) + exp(min(a, b) - larger) +
          exp(min(c, d) - larger) + exp(min(ab, cd) - larger) + exp(min(shift, abcd) - larger);
      ${ifGap(`float top = gapScale * larger;
      gapSum += count * gapOf(top, shift) +
          gapOf(top, a) + gapOf(top, b) + gapOf(top, c) + gapOf(top, d);
      count += 4.;`)}
      shift = larger;
    }
    if (texel < wholeTexels) {
      vec4 x = texture(logits, at * toUV);
      ${rows} a = leftOf(x, isUpper);
      ${rows} b = rightOf(x, isUpper);
      at = advance(at, stride, width);
      texel += windows;
      magnitude = max(magnitude, max(magnitudeBits(a), magnitudeBits(b)));
      ${rows} ab = max(a, b);
      ${rows} larger = max(shift, ab);
      sumOfSmaller = sumOfSmaller * exp(shift - larger) + exp(min(a, b) - larger) +
          exp(min(shift, ab) - larger);
      ${ifGap(`float top = gapScale * larger;
      gapSum += count * gapOf(top, shift) + gapOf(top, a) + gapOf(top, b);
      count += 2.;`)}
      shift = larger;
    }
    if (texel < texelsPerRow) {
      // The last texel of an odd number of classes: its right half is padding, of any value.
      ${rows} a = leftOf(texture(logits, at * toUV), isUpper);
      magnitude = max(magnitude, magnitudeBits(a));
      ${rows} larger = max(shift, a);
      sumOfSmaller = sumOfSmaller * exp(shift - larger) + exp(min(shift, a) - larger);
      ${ifGap(`float top = gapScale * larger;
      gapSum += count * gapOf(top, shift) + gapOf(top, a);
      count += 1.;`)}
      shift = larger;
    }
    sumOfSmaller = markNaN(sumOfSmaller, shift, magnitude);
    return Window(shift, sumOfSmaller${ifGap(', gapSum, count')});
  }
`;
}
