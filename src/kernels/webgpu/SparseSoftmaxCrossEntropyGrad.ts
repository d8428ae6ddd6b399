import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';

import {
  type GradKernelConfig,
  SparseSoftmaxCrossEntropyGrad,
  type SparseSoftmaxCrossEntropyGradAttrs,
  type SparseSoftmaxCrossEntropyGradInputs,
} from '../../kernel_names';
import {computeGrad} from './grad';

/** [dy, features, labels, statistics] -> dfeatures; NaN where the loss is. */
export const sparseSoftmaxCrossEntropyGradConfig = {
  kernelName: SparseSoftmaxCrossEntropyGrad,
  backendName: 'webgpu',
  kernelFunc: ({inputs, attrs = {}, backend}) =>
    computeGrad(
      backend as WebGPUBackend,
      inputs as SparseSoftmaxCrossEntropyGradInputs,
      attrs as SparseSoftmaxCrossEntropyGradAttrs,
    ),
} as const satisfies GradKernelConfig;
