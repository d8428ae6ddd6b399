/**
 * Converts arguments to tensors, before any check of rank, shape or dtype.
 *
 * tf.js's convertToTensor is not public, and it would turn a label of 1.5 into 1. Here nothing is
 * rounded; the dtype check refuses such a label.
 */
import {reshape, tensor, Tensor, type TensorLike, util} from '@tensorflow/tfjs-core';

import {ValueError} from '../errors';
import {
  describe,
  isBigIntArray,
  isNumberArray,
  isPromise,
  isRecord,
  type NumberArray,
  shapeOf,
} from './describe';

/**
 * Integers become int32. Other numbers become float32, and the dtype check names the first of them.
 * A Float32Array stays float32, even if it holds integers.
 */
export function labelsToTensor(labels: Tensor | TensorLike, name = 'labels'): Tensor {
  return toTensor(labels, name, (values) =>
    floatsIn(labels) === undefined && Array.prototype.every.call(values, isInt32)
      ? 'int32'
      : 'float32',
  );
}

/** Numbers become float32. A typed array of integers becomes int32, for the dtype check. */
export function floatsToTensor(logits: Tensor | TensorLike, name: string): Tensor {
  return toTensor(logits, name, () =>
    isNumberArray(logits) && floatsIn(logits) === undefined ? 'int32' : 'float32',
  );
}

/** Numbers become float32, as TensorFlow casts weights; booleans stay. */
export function weightsToTensor(weights: Tensor | TensorLike, name = 'weights'): Tensor {
  return toTensor(weights, name, () => 'float32');
}

/** Whether an int32 tensor holds this number exactly. */
export function isInt32(value: unknown): value is number {
  return ((value as number) | 0) === value;
}

/** The elements of a nested array. Holes become undefined; util.flatten would drop BigInts. */
export function flatten(values: unknown): unknown[] {
  if (isNumberArray(values) || isBigIntArray(values)) return Array.from<unknown>(values);
  return Array.isArray(values) ? Array.from<unknown>(values).flatMap(flatten) : [values];
}

/** The first typed array of floats: the argument itself, or one inside it. */
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
        `Use it inside the tf.tidy that made it, or tf.keep it: \`${name}\` is a disposed tensor.`,
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
  // Like tf.tensor, this shares a typed array that already has the dtype.
  const data = argument instanceof TypedArray ? argument : TypedArray.from(values);
  return tensor(data, shapeOf(argument), dtype);
}

function notNumbers(argument: unknown, name: string, values: readonly unknown[]): ValueError {
  const culprit = values.find((value) => typeof value !== 'number');
  const isWhole = culprit === argument || isBigIntArray(argument);
  return new ValueError(
    `${cureFor(culprit, name)}\`${name}\` must be a tensor, a number or a (nested) array of ` +
      `numbers, got ${isWhole ? describe(argument) : `${describe(culprit)} in an array`}.`,
  );
}

function cureFor(culprit: unknown, name: string): string {
  if (typeof culprit === 'bigint') {
    const numbers = name === 'labels' ? 'Int32Array' : 'Float32Array';
    return `Convert the BigInts with ${numbers}.from(${name}, Number). `;
  }
  if (isPromise(culprit)) return 'Await the promise first. ';
  if (culprit instanceof Tensor) return `Make one tensor of them with tf.stack(${name}). `;
  if (typeof culprit === 'function') return 'Call the function and pass what it returns. ';
  if (culprit === undefined) return 'Give every element of the array a value. ';
  return isRecord(culprit) ? 'Pass the options last. ' : '';
}

/** tf.js accepts a ragged array if the number of values fits its shape. */
function checkRectangular(argument: unknown, name: string): void {
  if (!Array.isArray(argument)) return;
  const shapes = new Set(argument.map((element) => String(shapeOf(element))));
  if (shapes.size > 1) {
    throw new ValueError(
      `Pad \`${name}\` to rows of one length. ` +
        `Can't convert a non-rectangular array to a tensor: \`${name}\`.`,
    );
  }
  argument.forEach((element) => checkRectangular(element, name));
}

/** tf.reshape, but not a kernel for the shape that the tensor has. */
export function reshapedTo(tensor: Tensor, shape: number[]): Tensor {
  return util.arraysEqual(tensor.shape, shape) ? tensor : reshape(tensor, shape);
}
