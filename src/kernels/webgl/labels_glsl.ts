/**
 * Labels in a shader. tf.js keeps int32 tensors in float textures, and what computes them there may
 * leave a fraction: tf.pow makes 99.99999 of 100.
 *
 * floor(label + 0.5) would not do: from 2^23 on floats are whole numbers apart, the half is rounded
 * away, and every odd label would become the even one above it. The fraction itself is exact.
 */
export const labelsGlsl = `
  float roundLabel(float label) {
    float whole = floor(label);
    return whole + step(0.5, label - whole);
  }
`;

/** No label is this number, so no row is ignored. */
const NO_CLASS = 0.5;

/** The uniform `ignoreClass`, a float. */
export function ignoreClassUniform(ignoreClass: number = NO_CLASS): number {
  return ignoreClass;
}
