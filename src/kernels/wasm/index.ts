import type {BackendKernels} from '../../kernel_names';
import {sparseSoftmaxCrossEntropyGradConfig} from './SparseSoftmaxCrossEntropyGrad';
import {sparseSoftmaxCrossEntropyLossConfig} from './SparseSoftmaxCrossEntropyLoss';
import {sparseSoftmaxCrossEntropySumConfig} from './SparseSoftmaxCrossEntropySum';

export const wasmKernels: BackendKernels<'wasm'> = {
  loss: sparseSoftmaxCrossEntropyLossConfig,
  grad: sparseSoftmaxCrossEntropyGradConfig,
  sum: sparseSoftmaxCrossEntropySumConfig,
};
