import {getBackend, matMul, type Tensor, tidy, transpose} from '@tensorflow/tfjs-core';

/**
 * tf.matMul. On wasm, tf.matMul multiplies transposed matrices number by number; to transpose them
 * first takes a tenth of the time. The kernel is the largest matrix, so it is never transposed: a
 * b^T = (b a^T)^T.
 */
export function product(a: Tensor, b: Tensor, transposeA: boolean, transposeB = false): Tensor {
  if (getBackend() !== 'wasm') return matMul(a, b, transposeA, transposeB);
  return tidy(() => {
    if (transposeA) return matMul(transpose(a), b);
    return transposeB ? transpose(matMul(b, transpose(a))) : matMul(a, b);
  });
}
