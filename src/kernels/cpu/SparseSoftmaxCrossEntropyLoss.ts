import type {KernelConfig} from '@tensorflow/tfjs-core';
import type {MathBackendCPU} from '@tensorflow/tfjs-backend-cpu';

import {
  SparseSoftmaxCrossEntropyLoss,
  type SparseSoftmaxCrossEntropyLossInputs,
} from '../../kernel_names';
import {rowLoss} from './row_loss';
import {floatValues, intValues} from './values';

/** [features, labels] -> [loss, rowShift, rowSumExp]; one pass, no buffer of the size of features. */
export const sparseSoftmaxCrossEntropyLossConfig: KernelConfig = {
  kernelName: SparseSoftmaxCrossEntropyLoss,
  backendName: 'cpu',
  kernelFunc: ({inputs, backend}) => {
    const {features, labels} = inputs as SparseSoftmaxCrossEntropyLossInputs;
    const cpu = backend as MathBackendCPU;
    const logits = floatValues(cpu, features);
    const classIds = intValues(cpu, labels);
    const numClasses = features.shape[features.shape.length - 1];

    const batch = classIds.length;
    const out = {
      loss: new Float32Array(batch),
      rowShift: new Float32Array(batch),
      rowSumExp: new Float32Array(batch),
    };
    for (let row = 0; row < batch; row++) {
      const begin = row * numClasses;
      rowLoss(logits, begin, begin + numClasses, classIds[row], row, out);
    }
    return [out.loss, out.rowShift, out.rowSumExp].map((values) =>
      cpu.makeTensorInfo(labels.shape, 'float32', values),
    );
  },
};
