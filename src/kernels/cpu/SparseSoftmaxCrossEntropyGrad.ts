import type {KernelConfig} from '@tensorflow/tfjs-core';
import type {MathBackendCPU} from '@tensorflow/tfjs-backend-cpu';

import {
  SparseSoftmaxCrossEntropyGrad,
  type SparseSoftmaxCrossEntropyGradInputs,
} from '../../kernel_names';
import {checkStatistics} from '../check_statistics';
import {rowGrad} from './row_grad';
import {floatValues, intValues, numClassesOf, statisticsShape} from './values';

/** [dy, features, labels, statistics] -> dfeatures; one pass, one buffer: the result. */
export const sparseSoftmaxCrossEntropyGradConfig: KernelConfig = {
  kernelName: SparseSoftmaxCrossEntropyGrad,
  backendName: 'cpu',
  kernelFunc: ({inputs, backend}) => {
    const {dy, features, labels, statistics} = inputs as SparseSoftmaxCrossEntropyGradInputs;
    checkStatistics(statistics, statisticsShape(labels));
    const cpu = backend as MathBackendCPU;
    const upstream = floatValues(cpu, dy);
    const logits = floatValues(cpu, features);
    const classIds = intValues(cpu, labels);
    const rowStatistics = floatValues(cpu, statistics);
    const numClasses = numClassesOf(features);

    const out = new Float32Array(logits.length);
    for (let row = 0; row < classIds.length; row++) {
      const begin = row * numClasses;
      const end = begin + numClasses;
      rowGrad(upstream[row], logits, begin, end, classIds[row], row, rowStatistics, out);
    }
    return cpu.makeTensorInfo(features.shape, 'float32', out);
  },
};
