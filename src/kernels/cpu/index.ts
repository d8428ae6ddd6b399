import type {BackendKernels} from '../../kernel_names';
import {sparseSoftmaxCrossEntropyGradConfig} from './SparseSoftmaxCrossEntropyGrad';
import {sparseSoftmaxCrossEntropyLossConfig} from './SparseSoftmaxCrossEntropyLoss';
import {sparseSoftmaxCrossEntropySumConfig} from './SparseSoftmaxCrossEntropySum';

export const cpuKernels: BackendKernels<'cpu'> = {
  loss: sparseSoftmaxCrossEntropyLossConfig,
  grad: sparseSoftmaxCrossEntropyGradConfig,
  sum: sparseSoftmaxCrossEntropySumConfig,
};
