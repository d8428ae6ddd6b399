import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';
import {backend, type TensorInfo} from '@tensorflow/tfjs-core';

import type {Terms} from '../../kernel_names';
import {sumsOfTerms} from '../rows/sum_terms';
import {floatValues} from './values';

/**
 * The sums over the middle axis of x, seen as [outer, terms, inner], from the heap without a copy.
 */
export function sumTerms(x: TensorInfo, sizes: Terms): Float32Array {
  return sumsOfTerms(floatValues(backend() as BackendWasm, x), sizes);
}
