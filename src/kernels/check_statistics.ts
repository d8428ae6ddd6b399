import type {TensorInfo} from '@tensorflow/tfjs-core';

/** Each backend hands statistics of its own from Loss to Grad; another's would be taken for them. */
export function checkStatistics({shape}: TensorInfo, expected: readonly number[]): void {
  if (shape.join() !== expected.join()) {
    throw new Error(
      'The backend was changed between the forward and the backward pass of ' +
        'sparseSoftmaxCrossEntropyWithLogits: take both on one backend.',
    );
  }
}
