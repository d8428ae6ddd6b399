/**
 * Puts the windows of a row together. Their texels follow each other, and are those of a pair of rows,
 * (shift, sumExp) of the upper and of the lower, or of one row alone, (shift, sumExp, deficit, count):
 * see StatisticsProgram.
 *
 * Each window has kept the distance of its logits from its own shift; from a larger one it is more by the
 * distance of the two, for each of them.
 */

/**
 * Needs the ints row, windows and rowsPerTexel; leaves the floats shift and sumExp. With the deficit, for
 * which texels are of one row, it needs the float deficitScale as well, and leaves deficit.
 */
export function combineWindowsGlsl(withDeficit: boolean): string {
  const ifDeficit = (lines: string) => (withDeficit ? lines : '');
  return `
    ivec2 size = texelsOf(statisticsTexShape);
    vec2 at = texelAt((row / rowsPerTexel) * windows, size);
    vec2 next = vec2(1., 0.);
    vec2 toUV = 1. / vec2(size);
    float width = float(size.x);
    bool isSecond = row % rowsPerTexel == 1;

    float shift = LOWEST;
    float sumExp = 0.;
    uint magnitude = 0u;${ifDeficit(`
    float deficit = 0.;
    float count = 0.;`)}
    for (int window = 0; window < windows; window++) {
      vec4 texel = texture(statistics, at * toUV);
      vec2 part = isSecond ? texel.zw : texel.xy;
      magnitude = max(magnitude, magnitudeBits(part.y));
      float larger = max(shift, part.x);
      sumExp = sumExp * exp(shift - larger) + part.y * exp(part.x - larger);${ifDeficit(`
      float top = larger * deficitScale;
      deficit += count * (top - shift * deficitScale);
      deficit += texel.z + texel.w * (top - part.x * deficitScale);
      count += texel.w;`)}
      shift = larger;
      at = advance(at, next, width);
    }
    if (magnitude > INFINITY_BITS) sumExp = NAN;
`;
}
