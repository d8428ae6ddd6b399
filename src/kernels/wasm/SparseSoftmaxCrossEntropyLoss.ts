import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';

import {
  type LossKernelConfig,
  sizesOf,
  SparseSoftmaxCrossEntropyLoss,
  type SparseSoftmaxCrossEntropyLossAttrs,
  type SparseSoftmaxCrossEntropyLossInputs,
} from '../../kernel_names';
import {countLabels} from '../../arguments/labels';
import {lossOfRows, rowStatisticsShape} from '../rows/batch';
import {makeOutputs} from './output';
import {refuse} from './refuse';
import {simdKernels} from './simd';
import {sumTerms} from './sum_terms';
import {addressOf, floatValues, intValues, simdStatisticsShape} from './values';

/** [features, labels] -> [loss, statistics], without a buffer of the size of features. */
export const sparseSoftmaxCrossEntropyLossConfig = {
  kernelName: SparseSoftmaxCrossEntropyLoss,
  backendName: 'wasm',
  refuse,
  countLabels,
  sumTerms,
  setupFunc: (backend) => void simdKernels(backend as BackendWasm),
  kernelFunc: ({inputs, attrs = {}, backend}) => {
    const {features, labels} = inputs as SparseSoftmaxCrossEntropyLossInputs;
    const kernelAttrs = attrs as SparseSoftmaxCrossEntropyLossAttrs;
    const wasm = backend as BackendWasm;
    const {batch, numClasses} = sizesOf(features);
    // Again, for callers that bypass the op.
    refuse(labels, numClasses, kernelAttrs.ignoreClass);

    const simd = simdKernels(wasm);
    if (simd === undefined) {
      const values = lossOfRows(
        {logits: floatValues(wasm, features), labels: intValues(wasm, labels), numClasses},
        kernelAttrs,
      );
      const [loss, statistics] = makeOutputs(wasm, labels.shape, rowStatisticsShape(labels));
      floatValues(wasm, loss).set(values.loss);
      floatValues(wasm, statistics).set(values.statistics);
      return [loss, statistics];
    }
    const {ignoreClass = NaN, labelSmoothing = 0, zLoss = 0} = kernelAttrs;
    const [loss, statistics] = makeOutputs(wasm, labels.shape, simdStatisticsShape(labels));
    const x = addressOf(wasm, features);
    const y = addressOf(wasm, labels);
    const lossAt = addressOf(wasm, loss);
    const statisticsAt = addressOf(wasm, statistics);
    simd.loss(x, y, batch, numClasses, ignoreClass, lossAt, statisticsAt);
    if (labelSmoothing !== 0 || zLoss !== 0) {
      const rows = [x, y, batch, numClasses, ignoreClass] as const;
      simd.addOptions(...rows, labelSmoothing, zLoss, lossAt, statisticsAt);
    }
    return [loss, statistics];
  },
} as const satisfies LossKernelConfig;
