import type {KernelConfig} from '@tensorflow/tfjs-core';

import {sparseSoftmaxCrossEntropyCheckLabelsConfig} from './SparseSoftmaxCrossEntropyCheckLabels';
import {sparseSoftmaxCrossEntropyGradConfig} from './SparseSoftmaxCrossEntropyGrad';
import {sparseSoftmaxCrossEntropyLossConfig} from './SparseSoftmaxCrossEntropyLoss';
import {sparseSoftmaxCrossEntropyWithLogitsConfig} from './SparseSoftmaxCrossEntropyWithLogits';

export const tensorflowKernels: readonly KernelConfig[] = [
  sparseSoftmaxCrossEntropyCheckLabelsConfig,
  sparseSoftmaxCrossEntropyGradConfig,
  sparseSoftmaxCrossEntropyLossConfig,
  sparseSoftmaxCrossEntropyWithLogitsConfig,
];
