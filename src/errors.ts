import {shared} from './shared';

/** A wrong argument that TensorFlow's Python layer refuses: a missing one, a rank, a shape. */
export class ValueError extends Error {
  /** Tells the error where `instanceof` cannot, as across realms. */
  override name = 'ValueError';
}

/** A wrong argument that TensorFlow's op itself refuses: a dtype, a class count, a label. */
export class InvalidArgumentError extends Error {
  /** Tells the error where `instanceof` cannot, as across realms. */
  override name = 'InvalidArgumentError';
}

knowAcrossCopies(ValueError, 'ValueError');
knowAcrossCopies(InvalidArgumentError, 'InvalidArgumentError');

/**
 * Makes `instanceof` find the errors of every copy of this package, by a mark that all copies know.
 */
function knowAcrossCopies(errorClass: {readonly prototype: Error}, name: string): void {
  const mark = shared(name, () => Symbol(name));
  Object.defineProperty(errorClass.prototype, mark, {value: true});
  Object.defineProperty(errorClass, Symbol.hasInstance, {
    value(this: unknown, error: unknown): boolean {
      // A class that extends this one inherits the method; its instances are found the usual way.
      if (this !== errorClass) return Function.prototype[Symbol.hasInstance].call(this, error);
      return error instanceof Error && mark in error;
    },
  });
}
