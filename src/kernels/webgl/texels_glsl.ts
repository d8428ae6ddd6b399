/**
 * Finding a texel.
 *
 * tf.js packs a matrix two rows by two columns to a texel, (x, y) from the upper row and (z, w)
 * from the lower, and numbers the texels of a tensor in reading order. The texture that holds them
 * has whatever width was at hand: as wide as a row of the matrix where that fits the device, else
 * near a square, else what an earlier shape of a reshaped tensor asked for. The number of a texel is
 * the one thing all of these agree on.
 */
export const texelsGlsl = `
  // Width and height of a texture in texels, from tf.js's (rows, columns) of the matrix. A shift,
  // since a division by 2 is not made one everywhere, and costs as much as reading a texel.
  ivec2 texelsOf(ivec2 texShape) {
    return (texShape.yx + 1) >> 1;
  }

  // The middle of a texel by its number, in texels.
  vec2 texelAt(int number, ivec2 size) {
    int row = number / size.x;
    return vec2(number - row * size.x, row) + 0.5;
  }
`;
