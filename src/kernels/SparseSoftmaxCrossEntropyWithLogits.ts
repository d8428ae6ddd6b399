import type {KernelBackend, KernelConfig, TensorInfo} from '@tensorflow/tfjs-core';

import {
  type GradKernelConfig,
  type LossKernelConfig,
  SparseSoftmaxCrossEntropyWithLogits,
  type SparseSoftmaxCrossEntropyWithLogitsInputs,
} from '../kernel_names';

/**
 * TensorFlow's op from a backend's Loss and Grad: [features, labels] -> [loss, backprop], the loss
 * and then its gradient with a dy of 1.
 */
export function withLogitsConfig(loss: LossKernelConfig, grad: GradKernelConfig): KernelConfig {
  return {
    kernelName: SparseSoftmaxCrossEntropyWithLogits,
    backendName: loss.backendName,
    kernelFunc: ({inputs, backend}) => {
      const {features, labels} = inputs as SparseSoftmaxCrossEntropyWithLogitsInputs;
      const kernelBackend = backend as KernelBackend;
      // The engine does not track the data that a kernel makes for itself.
      const dispose = ({dataId}: TensorInfo) => void kernelBackend.disposeData(dataId);

      const [value, statistics] = loss.kernelFunc({inputs, attrs: {}, backend}) as TensorInfo[];
      const dy = onesOf(labels.shape, kernelBackend);
      try {
        const gradInputs = {dy, features, labels, statistics};
        return [value, grad.kernelFunc({inputs: gradInputs, attrs: {}, backend}) as TensorInfo];
      } catch (error) {
        dispose(value);
        throw error;
      } finally {
        dispose(dy);
        dispose(statistics);
      }
    },
  };
}

function onesOf(shape: number[], backend: KernelBackend): TensorInfo {
  const ones = new Float32Array(shape[0]).fill(1);
  return {dataId: backend.write(ones, shape, 'float32'), shape, dtype: 'float32'};
}
