import type {KernelConfig} from '@tensorflow/tfjs-core';

import {checkLabelValues} from '../../checks';
import {
  SparseSoftmaxCrossEntropyCheckLabels,
  type SparseSoftmaxCrossEntropyCheckLabelsAttrs,
  type SparseSoftmaxCrossEntropyCheckLabelsInputs,
} from '../../kernel_names';
import type {TensorFlowBackend} from './native_op';

/**
 * [labels] -> nothing, or InvalidArgumentError. The native op checks too, but once it runs, tf.profile
 * and the debug mode hide what it throws, and on a GPU it does not throw.
 */
export const sparseSoftmaxCrossEntropyCheckLabelsConfig: KernelConfig = {
  kernelName: SparseSoftmaxCrossEntropyCheckLabels,
  backendName: 'tensorflow',
  kernelFunc: ({inputs, attrs, backend}) => {
    const {labels} = inputs as SparseSoftmaxCrossEntropyCheckLabelsInputs;
    const {numClasses} = attrs as SparseSoftmaxCrossEntropyCheckLabelsAttrs;
    const classIds = (backend as TensorFlowBackend).readSync(labels.dataId) as Int32Array;
    checkLabelValues(classIds, numClasses);
    return [];
  },
};
