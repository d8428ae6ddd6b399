import type {KernelConfig} from '@tensorflow/tfjs-core';

import {checkHalfFloatConfig} from './check_half_float';
import {sparseSoftmaxCrossEntropyGradConfig} from './SparseSoftmaxCrossEntropyGrad';
import {sparseSoftmaxCrossEntropyLossConfig} from './SparseSoftmaxCrossEntropyLoss';
import {sparseSoftmaxCrossEntropyWithLogitsConfig} from './SparseSoftmaxCrossEntropyWithLogits';

export const webglKernels: readonly KernelConfig[] = [
  checkHalfFloatConfig,
  sparseSoftmaxCrossEntropyGradConfig,
  sparseSoftmaxCrossEntropyLossConfig,
  sparseSoftmaxCrossEntropyWithLogitsConfig,
];
