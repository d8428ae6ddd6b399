/**
 * Puts the windows of a row together. Their texels follow each other, and are those of a pair of rows,
 * (shift, sumExp) of the upper and of the lower, or of one row alone, (shift, sumExp, deficit, count):
 * see StatisticsProgram.
 */

/** Needs the ints row, windows and rowsPerTexel; leaves the floats shift and sumExp. */
export const combineWindowsGlsl = `
    ivec2 size = texelsOf(statisticsTexShape);
    vec2 first = texelAt((row / rowsPerTexel) * windows, size);
    vec2 next = vec2(1., 0.);
    vec2 toUV = 1. / vec2(size);
    float width = float(size.x);
    bool isSecond = row % rowsPerTexel == 1;

    float shift = LOWEST;
    float sumExp = 0.;
    uint magnitude = 0u;
    vec2 at = first;
    for (int window = 0; window < windows; window++) {
      vec4 texel = texture(statistics, at * toUV);
      vec2 part = isSecond ? texel.zw : texel.xy;
      magnitude = max(magnitude, magnitudeBits(part.y));
      float larger = max(shift, part.x);
      sumExp = sumExp * exp(shift - larger) + part.y * exp(part.x - larger);
      shift = larger;
      at = advance(at, next, width);
    }
    if (magnitude > INFINITY_BITS) sumExp = NAN;
`;

/**
 * After combineWindowsGlsl, where texels are of one row: leaves the float deficit. Each window has
 * kept the distance of its logits from its own shift; from that of the row it is more by the distance
 * of the two, for each of them.
 */
export const combineDeficitsGlsl = `
    float deficit = 0.;
    if (rowsPerTexel == 1) {
      at = first;
      for (int window = 0; window < windows; window++) {
        vec4 part = texture(statistics, at * toUV);
        deficit += part.z + part.w * (shift * deficitScale - part.x * deficitScale);
        at = advance(at, next, width);
      }
    }
`;
