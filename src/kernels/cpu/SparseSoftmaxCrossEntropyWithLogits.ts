import type {KernelConfig} from '@tensorflow/tfjs-core';
import type {MathBackendCPU} from '@tensorflow/tfjs-backend-cpu';

import {checkLabelValues} from '../../checks';
import {
  SparseSoftmaxCrossEntropyWithLogits,
  type SparseSoftmaxCrossEntropyWithLogitsInputs,
} from '../../kernel_names';
import {rowGrad} from './row_grad';
import {allocateRowLosses, rowLoss} from './row_loss';
import {floatValues, intValues, numClassesOf} from './values';

/** [features, labels] -> [loss, backprop]; each row's loss, then its gradient with dy = 1. */
export const sparseSoftmaxCrossEntropyWithLogitsConfig: KernelConfig = {
  kernelName: SparseSoftmaxCrossEntropyWithLogits,
  backendName: 'cpu',
  kernelFunc: ({inputs, backend}) => {
    const {features, labels} = inputs as SparseSoftmaxCrossEntropyWithLogitsInputs;
    const cpu = backend as MathBackendCPU;
    const logits = floatValues(cpu, features);
    const classIds = intValues(cpu, labels);
    const numClasses = numClassesOf(features);
    // For who runs the kernel by its name, past the op and its checks.
    checkLabelValues(classIds, numClasses);

    const out = allocateRowLosses(classIds.length);
    const backprop = new Float32Array(logits.length);
    for (let row = 0; row < classIds.length; row++) {
      const begin = row * numClasses;
      const end = begin + numClasses;
      rowLoss(logits, begin, end, classIds[row], row, out);
      rowGrad(1, logits, begin, end, classIds[row], row, out.statistics, backprop);
    }
    return [
      cpu.makeTensorInfo(labels.shape, 'float32', out.loss),
      cpu.makeTensorInfo(features.shape, 'float32', backprop),
    ];
  },
};
