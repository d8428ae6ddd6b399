import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';

import {defineSum} from '../define_kernels';
import {sumsOfTerms} from '../rows/sum_terms';
import {makeOutputs} from './output';
import {floatValues} from './values';

/** In float64, from the heap without a copy. */
export const sparseSoftmaxCrossEntropySumConfig = defineSum<'wasm', BackendWasm>({
  backendName: 'wasm',
  compute: (call) => {
    const {x, shape, backend} = call;
    const [sums] = makeOutputs(backend, shape);
    floatValues(backend, sums).set(sumsOfTerms(floatValues(backend, x), call));
    return sums;
  },
});
