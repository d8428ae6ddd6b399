import type {KernelConfig} from '@tensorflow/tfjs-core';
import type {MathBackendCPU} from '@tensorflow/tfjs-backend-cpu';

import {checkLabelValues} from '../../checks';
import {
  SparseSoftmaxCrossEntropyLoss,
  type SparseSoftmaxCrossEntropyLossInputs,
} from '../../kernel_names';
import {allocateRowLosses, rowLoss} from './row_loss';
import {floatValues, intValues, numClassesOf, statisticsShape} from './values';

/** [features, labels] -> [loss, statistics [..., 2, 1]]; one pass, no buffer of the size of features. */
export const sparseSoftmaxCrossEntropyLossConfig: KernelConfig = {
  kernelName: SparseSoftmaxCrossEntropyLoss,
  backendName: 'cpu',
  kernelFunc: ({inputs, backend}) => {
    const {features, labels} = inputs as SparseSoftmaxCrossEntropyLossInputs;
    const cpu = backend as MathBackendCPU;
    const logits = floatValues(cpu, features);
    const classIds = intValues(cpu, labels);
    const numClasses = numClassesOf(features);
    // For who runs the kernel by its name, past the op and its checks.
    checkLabelValues(classIds, numClasses);

    const out = allocateRowLosses(classIds.length);
    for (let row = 0; row < classIds.length; row++) {
      const begin = row * numClasses;
      rowLoss(logits, begin, begin + numClasses, classIds[row], row, out);
    }
    return [
      cpu.makeTensorInfo(labels.shape, 'float32', out.loss),
      cpu.makeTensorInfo(statisticsShape(labels), 'float32', out.statistics),
    ];
  },
};
