/** Combines the windows of a row. Needs the input `statistics` and its layout as uniforms. */
export const combineWindowsGlsl = `
  Statistics combineWindows(int row) {
    ivec2 size = texelsOf(statisticsTexShape);
    vec2 at = texelAt((rowsPerTexel == 2 ? row >> 1 : row) * windows, size);
    vec2 next = vec2(1., 0.);
    vec2 toUV = 1. / vec2(size);
    float width = float(size.x);
    bool isSecond = rowsPerTexel == 2 && (row & 1) == 1;
    float shift = LOWEST;
    float sumOfSmaller = -1.;
    uint magnitude = 0u;
    for (int window = 0; window < windows; window++) {
      vec4 texel = texture(statistics, at * toUV);
      vec2 part = isSecond ? texel.zw : texel.xy;
      magnitude = max(magnitude, magnitudeBits(part.y));
      float larger = max(shift, part.x);
      sumOfSmaller = sumOfSmaller * exp(shift - larger) + part.y * exp(part.x - larger) +
          exp(min(shift, part.x) - larger);
      shift = larger;
      at = advance(at, next, width);
    }
    return Statistics(shift, markNaN(sumOfSmaller, shift, magnitude));
  }
`;

/**
 * combineGaps is the gapSum of a row. Each window's gapSum is moved to the row's shift first. They
 * are added in blocks, because the roundings of hundreds of equal terms, added one by one, add up.
 */
export const combineGapsGlsl = `
  const int BLOCK = 16;

  float combineGaps(int row, float shift) {
    ivec2 size = texelsOf(statisticsTexShape);
    vec2 at = texelAt(row * windows, size); // With a gapSum a texel is of one row.
    vec2 next = vec2(1., 0.);
    vec2 toUV = 1. / vec2(size);
    float width = float(size.x);
    float top = gapScale * shift;
    float gapSum = 0.;
    for (int begin = 0; begin < windows; begin += BLOCK) {
      float blockSum = 0.;
      for (int window = begin; window < min(begin + BLOCK, windows); window++) {
        vec4 part = texture(statistics, at * toUV); // (shift, sumOfSmaller, gapSum, count)
        blockSum += part.z + part.w * gapOf(top, part.x);
        at = advance(at, next, width);
      }
      gapSum += blockSum;
    }
    return gapSum;
  }
`;
