import type {MathBackendCPU} from '@tensorflow/tfjs-backend-cpu';
import {backend, type TensorInfo} from '@tensorflow/tfjs-core';

import type {Terms} from '../../kernel_names';
import {sumsOfTerms} from '../rows/sum_terms';
import {floatValues} from './values';

/** The sums over the middle axis of x, seen as [outer, terms, inner]. */
export function sumTerms(x: TensorInfo, sizes: Terms): Float32Array {
  return sumsOfTerms(floatValues(backend() as MathBackendCPU, x), sizes);
}
