import type {MathBackendCPU} from '@tensorflow/tfjs-backend-cpu';

import {defineSum} from '../define_kernels';
import {sumsOfTerms} from '../rows/sum_terms';
import {floatValues} from './values';

/** In float64. */
export const sparseSoftmaxCrossEntropySumConfig = defineSum<'cpu', MathBackendCPU>({
  backendName: 'cpu',
  compute: (call) => {
    const {x, shape, backend} = call;
    return backend.makeTensorInfo(shape, 'float32', sumsOfTerms(floatValues(backend, x), call));
  },
});
