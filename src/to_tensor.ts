/**
 * Arguments to tensors, before any check of rank, shape or dtype.
 *
 * tf.js's own convertToTensor is not public, and it would turn a label of 1.5 into 1. Here nothing
 * is ever rounded: numbers become what TensorFlow makes of them, and the dtype check decides.
 */
import {tensor, Tensor, type TensorLike, util} from '@tensorflow/tfjs-core';

import {ValueError} from './errors';

/** Integers become int32; other numbers float32, which `checkDtypes` then refuses by value. */
export function labelsToTensor(labels: Tensor | TensorLike, name: string): Tensor {
  return toTensor(labels, name, (values) => (values.every(isInt32) ? 'int32' : 'float32'));
}

/** Numbers become float32. */
export function logitsToTensor(logits: Tensor | TensorLike, name: string): Tensor {
  return toTensor(logits, name, () => 'float32');
}

/** Numbers become float32, which is what weights are cast to; booleans stay. */
export function weightsToTensor(weights: Tensor | TensorLike): Tensor {
  return toTensor(weights, 'weights', () => 'float32');
}

/** Whether an int32 tensor holds this number exactly. */
export function isInt32(value: number): boolean {
  return (value | 0) === value;
}

function toTensor(
  argument: Tensor | TensorLike,
  name: string,
  dtypeOfNumbers: (values: number[]) => 'int32' | 'float32',
): Tensor {
  if (argument instanceof Tensor) {
    if (argument.isDisposed) {
      throw new ValueError(`\`${name}\` is a disposed tensor.`);
    }
    return argument;
  }
  if (util.isTypedArray(argument)) {
    return tensor(argument); // A typed array names its dtype itself.
  }
  const values = flatten(argument);
  const kinds = new Set(values.map((value) => typeof value));
  const [kind = 'number'] = kinds;
  if (kinds.size > 1 || !['number', 'boolean', 'string'].includes(kind)) {
    const found = values.find((value) => typeof value !== 'number');
    throw new ValueError(
      `\`${name}\` must be a tensor, a number or a (nested) array of numbers, ` +
        `got ${found === null ? 'null' : `a value of type ${typeof found}`}.`,
    );
  }
  checkRectangular(argument, name);
  const dtype = kind === 'number' ? dtypeOfNumbers(values as number[]) : util.inferDtype(argument);
  return tensor(argument, undefined, dtype);
}

/** The numbers of a nested array or, deepest, of typed arrays. util.flatten drops BigInts. */
export function flatten(values: unknown): unknown[] {
  if (util.isTypedArray(values as object)) return Array.from(values as Float32Array);
  return Array.isArray(values) ? values.flatMap(flatten) : [values];
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

function shapeOf(value: unknown): number[] {
  if (util.isTypedArray(value as object)) return [(value as Float32Array).length];
  return Array.isArray(value) ? [value.length, ...shapeOf(value[0])] : [];
}
