/** TensorFlow's answers (scripts/goldens/), as tf.js tensors and as our errors. */
import * as tf from '@tensorflow/tfjs';

/** JSON has no NaN and no Infinity: those are strings. */
export type GoldenNumbers = readonly (number | string)[];

export interface GoldenTensor {
  readonly dtype: string;
  readonly shape: number[];
  readonly values: GoldenNumbers;
}

export interface GoldenError {
  readonly type: string;
  readonly message: string;
}

export function numbers(golden: GoldenTensor): number[] {
  return golden.values.map(Number);
}

export function toTensor(golden: GoldenTensor): tf.Tensor {
  const dtype = golden.dtype === 'float64' ? 'float32' : (golden.dtype as tf.NumericDataType);
  return tf.tensor(numbers(golden), golden.shape, dtype);
}

/**
 * TensorFlow's message in this package's spelling: shapes in brackets, and only the dtypes that
 * tf.js has.
 */
export function spelledAsHere(message: string): string {
  return message
    .replace(/\(((?:\d+, )*\d+|),?\)/g, (_, sizes: string) => `[${sizes.replaceAll(', ', ',')}]`)
    .replace(/\[(\d+(?: \d+)+)\]/g, (_, sizes: string) => `[${sizes.replaceAll(' ', ',')}]`)
    .replace('allowed values: int32, int64', 'allowed values: int32')
    .replace('allowed values: half, bfloat16, float, double', 'allowed values: float')
    .replace(/Received logits=.*/, 'Received logits=');
}
