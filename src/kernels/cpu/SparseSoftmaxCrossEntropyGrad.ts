import type {MathBackendCPU} from '@tensorflow/tfjs-backend-cpu';

import {
  type GradKernelConfig,
  sizesOf,
  SparseSoftmaxCrossEntropyGrad,
  type SparseSoftmaxCrossEntropyGradAttrs,
  type SparseSoftmaxCrossEntropyGradInputs,
} from '../../kernel_names';
import {checkStatistics} from '../check_statistics';
import {gradOfRows, rowStatisticsShape} from '../rows/batch';
import {floatValues, intValues} from './values';

/** [dy, features, labels, statistics] -> dfeatures, in one pass, without another buffer. */
export const sparseSoftmaxCrossEntropyGradConfig = {
  kernelName: SparseSoftmaxCrossEntropyGrad,
  backendName: 'cpu',
  kernelFunc: ({inputs, attrs = {}, backend}) => {
    const {dy, features, labels, statistics} = inputs as SparseSoftmaxCrossEntropyGradInputs;
    const cpu = backend as MathBackendCPU;
    checkStatistics(statistics, rowStatisticsShape(labels));
    const dfeatures = gradOfRows(
      floatValues(cpu, dy),
      {
        logits: floatValues(cpu, features),
        labels: intValues(cpu, labels),
        numClasses: sizesOf(features).numClasses,
      },
      floatValues(cpu, statistics),
      attrs as SparseSoftmaxCrossEntropyGradAttrs,
    );
    return cpu.makeTensorInfo(features.shape, 'float32', dfeatures);
  },
} as const satisfies GradKernelConfig;
