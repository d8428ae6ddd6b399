import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';

import {defineGrad} from '../define_kernels';
import {gradOfRows} from '../rows/batch';
import {makeOutputs} from './output';
import {simdKernels} from './simd';
import {addressOf, floatValues, intValues} from './values';

/** In one pass, without another buffer. */
export const sparseSoftmaxCrossEntropyGradConfig = defineGrad<'wasm', BackendWasm>({
  backendName: 'wasm',
  compute: ({dy, features, labels, statistics, batch, numClasses, attrs, backend}) => {
    const simd = simdKernels(backend);
    if (simd === undefined) {
      const logits = floatValues(backend, features);
      const rows = {logits, labels: intValues(backend, labels), numClasses};
      const [dyOfRows, ofRows] = [floatValues(backend, dy), floatValues(backend, statistics)];
      const values = gradOfRows(dyOfRows, rows, ofRows, attrs);
      const [dfeatures] = makeOutputs(backend, features.shape);
      floatValues(backend, dfeatures).set(values);
      return dfeatures;
    }
    const {ignoreClass = NaN, labelScale, uniformScale, zLoss} = attrs;
    const [dfeatures] = makeOutputs(backend, features.shape);
    simd.grad(
      addressOf(backend, dy),
      addressOf(backend, features),
      addressOf(backend, labels),
      addressOf(backend, statistics),
      batch,
      numClasses,
      ignoreClass,
      labelScale,
      uniformScale,
      zLoss,
      addressOf(backend, dfeatures),
    );
    return dfeatures;
  },
});
