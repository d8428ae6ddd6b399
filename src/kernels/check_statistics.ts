import type {TensorInfo} from '@tensorflow/tfjs-core';

/**
 * Statistics are valid only on the backend that made them. Their shapes differ between backends.
 */
export function checkStatistics({shape}: TensorInfo, expected: readonly number[]): void {
  if (shape.join() !== expected.join()) {
    throw new Error(
      'The backend was changed between the forward and the backward pass of ' +
        'sparseSoftmaxCrossEntropyWithLogits: take both on one backend.',
    );
  }
}
