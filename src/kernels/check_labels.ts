import {engine, type KernelConfig} from '@tensorflow/tfjs-core';

import {checkLabelValues} from '../checks';
import {
  SparseSoftmaxCrossEntropyCheckLabels,
  type SparseSoftmaxCrossEntropyCheckLabelsAttrs,
  type SparseSoftmaxCrossEntropyCheckLabelsInputs,
} from '../kernel_names';

/**
 * [labels] -> nothing, or InvalidArgumentError: for every backend from which labels are read at no
 * great cost. The engine reads them, since they may still be on the backend that made them.
 */
export function checkLabelsConfig(backendName: string): KernelConfig {
  return {
    kernelName: SparseSoftmaxCrossEntropyCheckLabels,
    backendName,
    kernelFunc: ({inputs, attrs}) => {
      const {labels} = inputs as SparseSoftmaxCrossEntropyCheckLabelsInputs;
      const {numClasses} = attrs as SparseSoftmaxCrossEntropyCheckLabelsAttrs;
      checkLabelValues(engine().readSync(labels.dataId) as Int32Array, numClasses);
      return [];
    },
  };
}
