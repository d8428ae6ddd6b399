import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

import {
  type LossKernelConfig,
  SparseSoftmaxCrossEntropyLoss,
  type SparseSoftmaxCrossEntropyLossInputs,
} from '../../kernel_names';
import {checkNumClasses} from './check_classes';
import {computeLoss} from './loss';

/** [features, labels] -> [loss, statistics]; NaN for a label outside [0, classes). */
export const sparseSoftmaxCrossEntropyLossConfig = {
  kernelName: SparseSoftmaxCrossEntropyLoss,
  backendName: 'webgl',
  refuse: (_, numClasses) => checkNumClasses(numClasses),
  kernelFunc: ({inputs, backend}) => {
    const {features, labels} = inputs as SparseSoftmaxCrossEntropyLossInputs;
    return computeLoss(backend as MathBackendWebGL, features, labels);
  },
} as const satisfies LossKernelConfig;
