import type {KernelConfig} from '@tensorflow/tfjs-core';

import {checkLabelsConfig} from '../check_labels';
import {sparseSoftmaxCrossEntropyGradConfig} from './SparseSoftmaxCrossEntropyGrad';
import {sparseSoftmaxCrossEntropyLossConfig} from './SparseSoftmaxCrossEntropyLoss';
import {sparseSoftmaxCrossEntropyWithLogitsConfig} from './SparseSoftmaxCrossEntropyWithLogits';

export const cpuKernels: readonly KernelConfig[] = [
  checkLabelsConfig('cpu'),
  sparseSoftmaxCrossEntropyGradConfig,
  sparseSoftmaxCrossEntropyLossConfig,
  sparseSoftmaxCrossEntropyWithLogitsConfig,
];
