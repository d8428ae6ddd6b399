import {backend, getBackend, getKernel, type TensorInfo} from '@tensorflow/tfjs-core';

import {SparseSoftmaxCrossEntropyCheckLabels} from '../kernel_names';

/**
 * Every label in [0, classes), where the backend can tell without reading from a GPU.
 *
 * Called past the engine: under tf.profile and in debug mode that one turns what a kernel throws
 * into an error of its own.
 */
export function checkLabels(labels: TensorInfo, logits: TensorInfo): void {
  const inputs = {labels};
  const attrs = {numClasses: logits.shape[logits.shape.length - 1]};
  getKernel(SparseSoftmaxCrossEntropyCheckLabels, getBackend())?.kernelFunc({
    inputs,
    attrs,
    backend: backend(),
  });
}
