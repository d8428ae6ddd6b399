import type {MathBackendCPU} from '@tensorflow/tfjs-backend-cpu';

import {countLabels, refuseLabels} from '../../arguments/labels';
import {
  type LossKernelConfig,
  sizesOf,
  SparseSoftmaxCrossEntropyLoss,
  type SparseSoftmaxCrossEntropyLossAttrs,
  type SparseSoftmaxCrossEntropyLossInputs,
} from '../../kernel_names';
import {lossOfRows, rowStatisticsShape} from '../rows/batch';
import {sumTerms} from './sum_terms';
import {floatValues, intValues} from './values';

/**
 * [features, labels] -> [loss, statistics [..., 2, 1]], in one pass, without a buffer of the size
 * of features.
 */
export const sparseSoftmaxCrossEntropyLossConfig = {
  kernelName: SparseSoftmaxCrossEntropyLoss,
  backendName: 'cpu',
  refuse: refuseLabels,
  countLabels,
  sumTerms,
  kernelFunc: ({inputs, attrs = {}, backend}) => {
    const {features, labels} = inputs as SparseSoftmaxCrossEntropyLossInputs;
    const kernelAttrs = attrs as SparseSoftmaxCrossEntropyLossAttrs;
    const cpu = backend as MathBackendCPU;
    const {numClasses} = sizesOf(features);
    const classIds = intValues(cpu, labels);
    // Again, for callers that bypass the op.
    refuseLabels(labels, numClasses, kernelAttrs.ignoreClass);

    const batch = {logits: floatValues(cpu, features), labels: classIds, numClasses};
    const {loss, statistics} = lossOfRows(batch, kernelAttrs);
    return [
      cpu.makeTensorInfo(labels.shape, 'float32', loss),
      cpu.makeTensorInfo(rowStatisticsShape(labels), 'float32', statistics),
    ];
  },
} as const satisfies LossKernelConfig;
