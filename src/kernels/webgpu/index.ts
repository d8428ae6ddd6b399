import type {BackendKernels} from '../../kernel_names';
import {sparseSoftmaxCrossEntropyGradConfig} from './SparseSoftmaxCrossEntropyGrad';
import {sparseSoftmaxCrossEntropyLossConfig} from './SparseSoftmaxCrossEntropyLoss';
import {sparseSoftmaxCrossEntropySumConfig} from './SparseSoftmaxCrossEntropySum';

export const webgpuKernels: BackendKernels<'webgpu'> = {
  loss: sparseSoftmaxCrossEntropyLossConfig,
  grad: sparseSoftmaxCrossEntropyGradConfig,
  sum: sparseSoftmaxCrossEntropySumConfig,
};
