/**
 * Finding a texel.
 *
 * tf.js packs a matrix two rows by two columns to a texel: (x, y) is of the upper row, (z, w) of
 * the lower. It numbers the texels of a tensor in reading order. Their texture is as wide as a row
 * of the matrix where that fits the device, else nearly square. A reshaped tensor keeps the texture
 * of its earlier shape. In all of these a texel is found by its number:
 *
 *   number = y * width + x,   0 <= x < width
 *
 * A loop that goes on by `step` texels each time would divide each time, which costs as much as
 * reading the texel. So it divides once, step = b * width + a with 0 <= a < width, and then
 *
 *   number + step = (y + b) * width + (x + a)
 *
 * has the right line, unless x + a is past its end. Since x and a are below width, one line down
 * and one width back is then enough:
 *
 *   (x, y) <- (x + a, y + b);   if x >= width: (x, y) <- (x - width, y + 1)
 *
 * The places are floats that hold the middle of a texel, x + 1/2 and y + 1/2. They are exact, since
 * a texture is some ten thousand texels wide at most. Divided by the size they are what texture()
 * takes, and half a texel away from where rounding could pick a neighbour.
 */
export const texelsGlsl = `
  // Width and height of a texture in texels, from tf.js's (rows, columns) of the matrix. A shift,
  // since a division by 2 is not made one everywhere, and costs as much as reading a texel.
  ivec2 texelsOf(ivec2 texShape) {
    return (texShape.yx + 1) >> 1;
  }

  // The middle of a texel by its number, in texels.
  vec2 texelAt(int number, ivec2 size) {
    int y = number / size.x;
    return vec2(number - y * size.x, y) + 0.5;
  }

  // The way from a texel to the one whose number is larger by step, if no line ends between them.
  vec2 strideOf(int step, ivec2 size) {
    return vec2(step % size.x, step / size.x);
  }

  // The middle of the texel a stride further on.
  vec2 advance(vec2 at, vec2 stride, float width) {
    vec2 next = at + stride;
    return next + step(width, next.x) * vec2(-width, 1.);
  }
`;
