/** A wrong argument that TensorFlow's Python layer refuses: a missing one, a rank, a shape. */
export class ValueError extends Error {
  override name = 'ValueError';
}

/** A wrong argument that TensorFlow's op itself refuses: a dtype, a class count, a label. */
export class InvalidArgumentError extends Error {
  override name = 'InvalidArgumentError';
}
