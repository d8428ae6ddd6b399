import type {MathBackendCPU} from '@tensorflow/tfjs-backend-cpu';

import {defineSum} from '../define_kernels';
import {sumsOfTerms} from '../rows/sum_terms';
import {floatValues} from './values';

/** In float64. */
export const sparseSoftmaxCrossEntropySumConfig = defineSum<'cpu', MathBackendCPU>({
  backendName: 'cpu',
  compute: ({x, backend, ...sizes}) => {
    const sums = sumsOfTerms(floatValues(backend, x), sizes);
    return backend.makeTensorInfo(sizes.shape, 'float32', sums);
  },
});
