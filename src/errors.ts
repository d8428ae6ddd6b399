/** A wrong argument that TensorFlow's Python layer refuses: a missing one, a rank, a shape. */
export class ValueError extends Error {
  /** Tells the error also across two copies of the package, where `instanceof` does not. */
  override name = 'ValueError';
}

/** A wrong argument that TensorFlow's op itself refuses: a dtype, a class count, a label. */
export class InvalidArgumentError extends Error {
  /** Tells the error also across two copies of the package, where `instanceof` does not. */
  override name = 'InvalidArgumentError';
}
