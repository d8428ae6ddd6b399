import type {BackendKernels} from '../../kernel_names';
import {sparseSoftmaxCrossEntropyGradConfig} from './SparseSoftmaxCrossEntropyGrad';
import {sparseSoftmaxCrossEntropyLossConfig} from './SparseSoftmaxCrossEntropyLoss';

export const webglKernels: BackendKernels<'webgl'> = {
  loss: sparseSoftmaxCrossEntropyLossConfig,
  grad: sparseSoftmaxCrossEntropyGradConfig,
};
