import type {KernelConfig} from '@tensorflow/tfjs-core';

import {checkLabelValues} from '../../checks';
import {
  SparseSoftmaxCrossEntropyCheckLabels,
  type SparseSoftmaxCrossEntropyCheckLabelsAttrs,
  type SparseSoftmaxCrossEntropyCheckLabelsInputs,
} from '../../kernel_names';
import {intValues} from './values';

/** [labels] -> nothing, or InvalidArgumentError. */
export const sparseSoftmaxCrossEntropyCheckLabelsConfig: KernelConfig = {
  kernelName: SparseSoftmaxCrossEntropyCheckLabels,
  backendName: 'cpu',
  kernelFunc: ({inputs, attrs, backend}) => {
    const {labels} = inputs as SparseSoftmaxCrossEntropyCheckLabelsInputs;
    const {numClasses} = attrs as SparseSoftmaxCrossEntropyCheckLabelsAttrs;
    checkLabelValues(intValues(backend, labels), numClasses);
    return [];
  },
};
