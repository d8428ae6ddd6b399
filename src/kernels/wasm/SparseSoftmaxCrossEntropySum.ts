import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';

import {defineSum} from '../define_kernels';
import {sumsOfTerms} from '../rows/sum_terms';
import {makeOutputs} from './output';
import {floatValues} from './values';

/** In float64, from the heap without a copy. */
export const sparseSoftmaxCrossEntropySumConfig = defineSum<'wasm', BackendWasm>({
  backendName: 'wasm',
  compute: ({x, backend, ...sizes}) => {
    const [sums] = makeOutputs(backend, sizes.shape);
    floatValues(backend, sums).set(sumsOfTerms(floatValues(backend, x), sizes));
    return sums;
  },
});
