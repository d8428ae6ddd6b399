import type {KernelConfig} from '@tensorflow/tfjs-core';

import {sparseSoftmaxCrossEntropyGradConfig} from './SparseSoftmaxCrossEntropyGrad';
import {sparseSoftmaxCrossEntropyLossConfig} from './SparseSoftmaxCrossEntropyLoss';
import {sparseSoftmaxCrossEntropyWithLogitsConfig} from './SparseSoftmaxCrossEntropyWithLogits';

export const cpuKernels: readonly KernelConfig[] = [
  sparseSoftmaxCrossEntropyGradConfig,
  sparseSoftmaxCrossEntropyLossConfig,
  sparseSoftmaxCrossEntropyWithLogitsConfig,
];
