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
import {addressOf, floatValues, intValues, statisticsShape} from './values';

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
    const options = attrs as SparseSoftmaxCrossEntropyLossAttrs;
    const wasm = backend as BackendWasm;
    const {batch, numClasses} = sizesOf(features);
    // Repeated for callers who bypass the op.
    refuse(labels, numClasses, options.ignoreClass);

    const simd = simdKernels(wasm);
    if (simd === undefined) {
      const values = lossOfRows(
        {logits: floatValues(wasm, features), labels: intValues(wasm, labels), numClasses},
        options,
      );
      const [loss, statistics] = makeOutputs(wasm, labels.shape, rowStatisticsShape(labels));
      floatValues(wasm, loss).set(values.loss);
      floatValues(wasm, statistics).set(values.statistics);
      return [loss, statistics];
    }
    const [loss, statistics] = makeOutputs(wasm, labels.shape, statisticsShape(labels));
    simd.loss(
      addressOf(wasm, features),
      addressOf(wasm, labels),
      batch,
      numClasses,
      options.ignoreClass ?? NaN,
      options.labelSmoothing ?? 0,
      addressOf(wasm, loss),
      addressOf(wasm, statistics),
    );
    return [loss, statistics];
  },
} as const satisfies LossKernelConfig;
