import type {BackendKernels} from '../../kernel_names';
import {sparseSoftmaxCrossEntropyGradConfig} from './SparseSoftmaxCrossEntropyGrad';
import {sparseSoftmaxCrossEntropyLossConfig} from './SparseSoftmaxCrossEntropyLoss';

export const cpuKernels: BackendKernels<'cpu'> = {
  loss: sparseSoftmaxCrossEntropyLossConfig,
  grad: sparseSoftmaxCrossEntropyGradConfig,
};
