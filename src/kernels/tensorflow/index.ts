import type {BackendKernels} from '../../kernel_names';
import {sparseSoftmaxCrossEntropyGradConfig} from './SparseSoftmaxCrossEntropyGrad';
import {sparseSoftmaxCrossEntropyLossConfig} from './SparseSoftmaxCrossEntropyLoss';
import {sparseSoftmaxCrossEntropyWithLogitsConfig} from './SparseSoftmaxCrossEntropyWithLogits';

export const tensorflowKernels: BackendKernels<'tensorflow'> = {
  loss: sparseSoftmaxCrossEntropyLossConfig,
  grad: sparseSoftmaxCrossEntropyGradConfig,
  withLogits: sparseSoftmaxCrossEntropyWithLogitsConfig,
};
