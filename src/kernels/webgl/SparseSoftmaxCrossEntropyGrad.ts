import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

import {
  type GradKernelConfig,
  SparseSoftmaxCrossEntropyGrad,
  type SparseSoftmaxCrossEntropyGradInputs,
} from '../../kernel_names';
import {sizesOf} from '../../sizes';
import {checkStatistics} from '../check_statistics';
import {computeGrad} from './grad';

/** [dy, features, labels, statistics] -> dfeatures; NaN where the loss is. */
export const sparseSoftmaxCrossEntropyGradConfig = {
  kernelName: SparseSoftmaxCrossEntropyGrad,
  backendName: 'webgl',
  kernelFunc: ({inputs, backend}) => {
    const {dy, features, labels, statistics} = inputs as SparseSoftmaxCrossEntropyGradInputs;
    // A matrix of a row for each of the batch; those of cpu have another rank or another batch.
    checkStatistics(statistics, [sizesOf(features).batch, statistics.shape[1]]);
    return computeGrad(backend as MathBackendWebGL, dy, features, labels, statistics);
  },
} as const satisfies GradKernelConfig;
