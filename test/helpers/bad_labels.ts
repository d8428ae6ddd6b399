import * as tf from '@tensorflow/tfjs';

import {InvalidArgumentError} from '../../src/index';
import {descriptionOf} from '../backends';

/**
 * Whether kernels of a backend, by default the current one, find labels in main memory at all
 * times.
 */
export function holdsLabelsInMemory(backendName = tf.getBackend()): boolean {
  return descriptionOf(backendName).badLabel === 'throws';
}

/** The same tensor, on the GPU where the current backend has one, as if a kernel had made it. */
export function uploaded<T extends tf.Tensor>(tensor: T): T {
  const {uploadToGPU} = tf.backend() as {uploadToGPU?: (dataId: object) => void};
  uploadToGPU?.call(tf.backend(), tensor.dataId);
  return tensor;
}

/** For a call with a label outside [0, classes): an error, or on a GPU a loss that is NaN. */
export async function expectBadLabel(
  call: (labels: tf.Tensor) => tf.Tensor,
  labels: tf.Tensor,
  message: RegExp,
): Promise<void> {
  expect(() => call(labels)).toThrowError(InvalidArgumentError, message);
  if (holdsLabelsInMemory()) return;
  expect(Array.from(await call(uploaded(labels)).data())).toContain(NaN);
}
