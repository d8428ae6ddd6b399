import type {KernelConfig} from '@tensorflow/tfjs-core';
import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

import {
  SparseSoftmaxCrossEntropyLoss,
  type SparseSoftmaxCrossEntropyLossInputs,
} from '../../kernel_names';
import {computeLoss} from './loss';

/** [features, labels] -> [loss, statistics]; NaN for a label outside [0, classes). */
export const sparseSoftmaxCrossEntropyLossConfig: KernelConfig = {
  kernelName: SparseSoftmaxCrossEntropyLoss,
  backendName: 'webgl',
  kernelFunc: ({inputs, backend}) => {
    const {features, labels} = inputs as SparseSoftmaxCrossEntropyLossInputs;
    return computeLoss(backend as MathBackendWebGL, features, labels);
  },
};
