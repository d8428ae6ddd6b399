import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';

import {
  type GradKernelConfig,
  sizesOf,
  SparseSoftmaxCrossEntropyGrad,
  type SparseSoftmaxCrossEntropyGradAttrs,
  type SparseSoftmaxCrossEntropyGradInputs,
} from '../../kernel_names';
import {checkStatistics} from '../check_statistics';
import {gradOfRows, rowStatisticsShape} from '../rows/batch';
import {makeOutputs} from './output';
import {simdKernels} from './simd';
import {addressOf, floatValues, intValues, simdStatisticsShape} from './values';

/** [dy, features, labels, statistics] -> dfeatures, in one pass, without another buffer. */
export const sparseSoftmaxCrossEntropyGradConfig = {
  kernelName: SparseSoftmaxCrossEntropyGrad,
  backendName: 'wasm',
  kernelFunc: ({inputs, attrs = {}, backend}) => {
    const {dy, features, labels, statistics} = inputs as SparseSoftmaxCrossEntropyGradInputs;
    const kernelAttrs = attrs as SparseSoftmaxCrossEntropyGradAttrs;
    const wasm = backend as BackendWasm;
    const {batch, numClasses} = sizesOf(features);

    const simd = simdKernels(wasm);
    if (simd === undefined) {
      checkStatistics(statistics, rowStatisticsShape(labels));
      const values = gradOfRows(
        floatValues(wasm, dy),
        {logits: floatValues(wasm, features), labels: intValues(wasm, labels), numClasses},
        floatValues(wasm, statistics),
        kernelAttrs,
      );
      const [dfeatures] = makeOutputs(wasm, features.shape);
      floatValues(wasm, dfeatures).set(values);
      return dfeatures;
    }
    checkStatistics(statistics, simdStatisticsShape(labels));
    const {ignoreClass, labelScale, uniformScale, zLoss} = kernelAttrs;
    const [dfeatures] = makeOutputs(wasm, features.shape);
    simd.grad(
      addressOf(wasm, dy),
      addressOf(wasm, features),
      addressOf(wasm, labels),
      addressOf(wasm, statistics),
      batch,
      numClasses,
      ignoreClass ?? NaN,
      labelScale ?? 1,
      uniformScale ?? 0,
      zLoss ?? 0,
      addressOf(wasm, dfeatures),
    );
    return dfeatures;
  },
} as const satisfies GradKernelConfig;
