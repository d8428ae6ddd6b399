import type {KernelConfig} from '@tensorflow/tfjs-core';

import {checkClassesConfig} from './check_classes';
import {sparseSoftmaxCrossEntropyGradConfig} from './SparseSoftmaxCrossEntropyGrad';
import {sparseSoftmaxCrossEntropyLossConfig} from './SparseSoftmaxCrossEntropyLoss';
import {sparseSoftmaxCrossEntropyWithLogitsConfig} from './SparseSoftmaxCrossEntropyWithLogits';

export const webglKernels: readonly KernelConfig[] = [
  checkClassesConfig,
  sparseSoftmaxCrossEntropyGradConfig,
  sparseSoftmaxCrossEntropyLossConfig,
  sparseSoftmaxCrossEntropyWithLogitsConfig,
];
