/** Describes a value for an error message, and tells kinds of values apart in any realm. */
import {Tensor, type TensorInfo} from '@tensorflow/tfjs-core';

/** A tensor by dtype and shape, an array by its shape, anything else by its value or its kind. */
export function describe(value: unknown): string {
  if (isTensorInfo(value)) {
    return `${value.dtype === 'int32' ? 'an' : 'a'} ${value.dtype} tensor of shape ${bracketed(value.shape)}`;
  }
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'bigint') return `the BigInt ${value}n`;
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `an array of shape ${bracketed(shapeOf(value))}`;
  const kind: string = value.constructor?.name ?? 'Object';
  if (kind === 'Object') return `an object of {${Object.keys(value).join(', ')}}`;
  return `${/^[AEIO]/.test(kind) ? 'an' : 'a'} ${kind}`;
}

/** A shape as TensorFlow writes it. */
export function bracketed(shape: readonly number[]): string {
  return `[${shape}]`;
}

/** The shape of a number, or of a nested array by its first elements. */
export function shapeOf(value: unknown): number[] {
  if (isNumberArray(value)) return [value.length];
  return Array.isArray(value) ? [value.length, ...shapeOf(value[0])] : [];
}

/** A typed array of numbers, so not of BigInts. */
export type NumberArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** tf.js's type test accepts only four of them. */
export function isNumberArray(value: unknown): value is NumberArray {
  return /^((Ui|I)nt|Float)/.test(typedArrayName(value));
}

export function isBigIntArray(value: unknown): value is BigInt64Array | BigUint64Array {
  return typedArrayName(value).startsWith('Big');
}

function typedArrayName(value: unknown): string {
  return ArrayBuffer.isView(value) ? tagOf(value) : '';
}

/** The kind of an object. `instanceof` would miss objects of another realm. */
function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

/** Whether a value can hold options or named inputs: a plain object or an instance of a class. */
export function isRecord(value: unknown): value is {readonly [name: string]: unknown} {
  return tagOf(value) === 'Object' && !isTensorInfo(value);
}

export function isPromise(value: unknown): boolean {
  return tagOf(value) === 'Promise';
}

function isTensorInfo(value: unknown): value is TensorInfo {
  return (
    value instanceof Tensor || (typeof value === 'object' && value !== null && 'dataId' in value)
  );
}
