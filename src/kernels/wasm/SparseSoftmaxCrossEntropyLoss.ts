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

/** [features, labels] -> [loss, statistics]; no buffer of the size of features. */
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
    // Repeated for callers who bypass the op.
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
    const outputs = makeOutputs(wasm, labels.shape, simdStatisticsShape(labels));
    const [loss, statistics] = outputs.map((output) => addressOf(wasm, output));
    const [logits, classIds] = [features, labels].map((input) => addressOf(wasm, input));
    const rows = [logits, classIds, batch, numClasses, ignoreClass] as const;
    simd.loss(...rows, loss, statistics);
    if (labelSmoothing !== 0 || zLoss !== 0) {
      simd.addOptions(...rows, labelSmoothing, zLoss, loss, statistics);
    }
    return outputs;
  },
} as const satisfies LossKernelConfig;
