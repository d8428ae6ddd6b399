import type {KernelConfig} from '@tensorflow/tfjs-core';

import {
  SparseSoftmaxCrossEntropyWithLogits,
  type SparseSoftmaxCrossEntropyWithLogitsInputs,
} from '../../kernel_names';
import type {TensorFlowBackend} from './execute_op';
import {executeNativeOp} from './native_op';

/** [features, labels] -> [loss, backprop]: the native op as it is. */
export const sparseSoftmaxCrossEntropyWithLogitsConfig = {
  kernelName: SparseSoftmaxCrossEntropyWithLogits,
  backendName: 'tensorflow',
  kernelFunc: ({inputs, backend}) => {
    const {features, labels} = inputs as SparseSoftmaxCrossEntropyWithLogitsInputs;
    return executeNativeOp(backend as TensorFlowBackend, features, labels);
  },
} as const satisfies KernelConfig;
