/**
 * Arguments to tensors, before any check of rank, shape or dtype.
 *
 * tf.js's own convertToTensor is not public, and it would turn a label of 1.5 into 1. Here nothing
 * is ever rounded: numbers become what TensorFlow makes of them, and the dtype check decides.
 */
import {tensor, Tensor, type TensorLike} from '@tensorflow/tfjs-core';

import {describe, isBigIntArray, isNumberArray, type NumberArray, shapeOf} from './describe';
import {ValueError} from './errors';

/**
 * Integers become int32, from plain arrays as from typed arrays of integers. Other numbers become
 * float32, which `checkDtypes` then refuses by value, and so does a Float32Array: it names its dtype.
 */
export function labelsToTensor(labels: Tensor | TensorLike, name: string): Tensor {
  return toTensor(labels, name, (values) =>
    floatsIn(labels) === undefined && Array.prototype.every.call(values, isInt32)
      ? 'int32'
      : 'float32',
  );
}

/** Numbers become float32. Only a typed array of integers stays what it names, for the dtype check. */
export function floatsToTensor(logits: Tensor | TensorLike, name: string): Tensor {
  return toTensor(logits, name, () =>
    isNumberArray(logits) && floatsIn(logits) === undefined ? 'int32' : 'float32',
  );
}

/** Numbers become float32, which is what weights are cast to; booleans stay. */
export function weightsToTensor(weights: Tensor | TensorLike): Tensor {
  return toTensor(weights, 'weights', () => 'float32');
}

/** Whether an int32 tensor holds this number exactly. */
export function isInt32(value: unknown): value is number {
  return ((value as number) | 0) === value;
}

/** The numbers of a nested array or, deepest, of typed arrays. util.flatten drops BigInts. */
export function flatten(values: unknown): unknown[] {
  if (isNumberArray(values) || isBigIntArray(values)) return Array.from<unknown>(values);
  return Array.isArray(values) ? values.flatMap(flatten) : [values];
}

/** The first typed array of floats: the argument itself, or in it. */
export function floatsIn(values: unknown): NumberArray | undefined {
  if (isNumberArray(values)) return /^Float/.test(values[Symbol.toStringTag]) ? values : undefined;
  return Array.isArray(values) ? values.map(floatsIn).find(isNumberArray) : undefined;
}

type DtypeOfNumbers = (values: ArrayLike<number>) => 'int32' | 'float32';

function toTensor(
  argument: Tensor | TensorLike,
  name: string,
  dtypeOfNumbers: DtypeOfNumbers,
): Tensor {
  if (argument instanceof Tensor) {
    if (argument.isDisposed) {
      throw new ValueError(
        `\`${name}\` is a disposed tensor. Use it inside the tf.tidy that made it, or tf.keep it.`,
      );
    }
    return argument;
  }
  if (isNumberArray(argument)) return numbersToTensor(argument, argument, dtypeOfNumbers);
  const values = flatten(argument);
  const kind = values.length === 0 ? 'number' : typeof values[0];
  const isOther = (value: unknown) => typeof value !== kind;
  if (!['number', 'boolean', 'string'].includes(kind) || values.some(isOther)) {
    throw notNumbers(argument, name, values);
  }
  checkRectangular(argument, name);
  return kind === 'number'
    ? numbersToTensor(argument, values as number[], dtypeOfNumbers)
    : tensor(argument);
}

function numbersToTensor(
  argument: TensorLike,
  values: readonly number[] | NumberArray,
  dtypeOfNumbers: DtypeOfNumbers,
): Tensor {
  const dtype = dtypeOfNumbers(values);
  const TypedArray = dtype === 'int32' ? Int32Array : Float32Array;
  // As tf.tensor does, a typed array of the very dtype is used as it is.
  const data = argument instanceof TypedArray ? argument : TypedArray.from(values);
  return tensor(data, shapeOf(argument), dtype);
}

function notNumbers(argument: unknown, name: string, values: readonly unknown[]): ValueError {
  const culprit = values.find((value) => typeof value !== 'number');
  const got = culprit === argument ? describe(argument) : `${describe(culprit)} in an array`;
  return new ValueError(
    `\`${name}\` must be a tensor, a number or a (nested) array of numbers, got ` +
      `${isBigIntArray(argument) ? describe(argument) : got}. ${hintFor(culprit, name)}`.trimEnd(),
  );
}

function hintFor(culprit: unknown, name: string): string {
  if (typeof culprit === 'bigint') {
    const numbers = name === 'labels' ? 'Int32Array' : 'Float32Array';
    return `${numbers}.from(${name}, Number) makes numbers of them.`;
  }
  if (culprit instanceof Promise) return 'Await it first.';
  if (culprit instanceof Tensor) return `tf.stack(${name}) makes one tensor of them.`;
  if (typeof culprit === 'function') return 'Pass what it returns.';
  if (!/^an object/.test(describe(culprit))) return '';
  return `Options come last${name === 'weights' ? ': put a 1 before them to weight nothing' : ''}.`;
}

/** tf.js takes a ragged array for a rectangular one, as long as the number of values fits. */
function checkRectangular(argument: unknown, name: string): void {
  if (!Array.isArray(argument)) return;
  const shapes = new Set(argument.map((element) => String(shapeOf(element))));
  if (shapes.size > 1) {
    throw new ValueError(`Can't convert a non-rectangular array to a tensor: \`${name}\`.`);
  }
  argument.forEach((element) => checkRectangular(element, name));
}
