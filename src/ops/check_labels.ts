import {backend, getBackend, getKernel, type TensorInfo} from '@tensorflow/tfjs-core';

import {
  SparseSoftmaxCrossEntropyCheckClasses,
  SparseSoftmaxCrossEntropyCheckLabels,
} from '../kernel_names';

/**
 * Every label in [0, classes), where the backend can tell without reading from a GPU, and no more
 * classes than its device can tell apart.
 *
 * Called past the engine: under tf.profile and in debug mode that one turns what a kernel throws
 * into an error of its own.
 */
export function checkLabels(labels: TensorInfo, logits: TensorInfo): void {
  const inputs = {labels};
  const attrs = {numClasses: logits.shape[logits.shape.length - 1]};
  for (const check of [
    SparseSoftmaxCrossEntropyCheckClasses,
    SparseSoftmaxCrossEntropyCheckLabels,
  ]) {
    getKernel(check, getBackend())?.kernelFunc({inputs, attrs, backend: backend()});
  }
}
