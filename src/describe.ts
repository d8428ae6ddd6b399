/** What came, in the words of an error message. */
import {Tensor, type TensorInfo} from '@tensorflow/tfjs-core';

/** A tensor or what would be one by its dtype and shape, an array by its kind, anything else by its value. */
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

/** The way TensorFlow writes a shape. */
export function bracketed(shape: readonly number[]): string {
  return `[${shape}]`;
}

/** Of a number, of a nested array, or of one whose deepest arrays are typed, by its first elements. */
export function shapeOf(value: unknown): number[] {
  if (isNumberArray(value)) return [value.length];
  return Array.isArray(value) ? [value.length, ...shapeOf(value[0])] : [];
}

/** A typed array whose elements are numbers; of BigInts there are two without. */
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

/** tf.js's own question knows four of them. */
export function isNumberArray(value: unknown): value is NumberArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) && !isBigIntArray(value);
}

export function isBigIntArray(value: unknown): value is BigInt64Array | BigUint64Array {
  return value instanceof BigInt64Array || value instanceof BigUint64Array;
}

function isTensorInfo(value: unknown): value is TensorInfo {
  return (
    value instanceof Tensor || (typeof value === 'object' && value !== null && 'dataId' in value)
  );
}
