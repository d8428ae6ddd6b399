/**
 * The three matrix products of a linear layer. The gradients of each product are the other two, so
 * derivatives of every order use these functions.
 *
 *   y = a b      d a = dy b^T     d b = a^T dy
 *   y = a b^T    d a = dy b       d b = dy^T a
 *   y = a^T b    d a = b dy^T     d b = a dy
 *
 * a^T b adds over the rows of a batch. tf.matMul adds them one after the other in float32, so equal
 * terms all round the same way: at 100,000 rows it is wrong by 2e-5 to 1e-3. Here few rows are
 * multiplied at a time, and the products are added in pairs.
 *
 * On wasm, tf.matMul multiplies transposed matrices one number at a time. To transpose them first
 * takes a tenth of the time. The kernel is the largest matrix, so it is never transposed: a b^T is
 * (b a^T)^T.
 */
import {
  add,
  engine,
  getBackend,
  matMul,
  slice,
  type Tensor,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';

import {withGradient} from '../../gradients/tape';

/** A product of so many rows is wrong by 5e-6 at most. */
const ROWS = 512;

/** a b for a, float32 [rows, m], and b, float32 [m, n]. Or a b^T for b, float32 [n, m]. */
export function product(a: Tensor, b: Tensor, transposeB: boolean): Tensor {
  return bilinear(
    [a, b],
    () => multiply(a, b, false, transposeB),
    (dy, a, b) => [
      product(dy, b, !transposeB),
      transposeB ? sumOfProducts(dy, a) : sumOfProducts(a, dy),
    ],
  );
}

/** a^T b for a, float32 [rows, m], and b, float32 [rows, n]: a sum of outer products. */
export function sumOfProducts(a: Tensor, b: Tensor): Tensor {
  return bilinear(
    [a, b],
    () => sumOfRows(a, b, 0, a.shape[0]),
    (dy, a, b) => [product(b, dy, true), product(a, dy, false)],
  );
}

/** The sum over the rows from `begin` to `end`. */
function sumOfRows(a: Tensor, b: Tensor, begin: number, end: number): Tensor {
  const size = end - begin;
  if (size > ROWS) {
    const middle = begin + ROWS * Math.ceil(size / ROWS / 2);
    return tidy(() => add(sumOfRows(a, b, begin, middle), sumOfRows(a, b, middle, end)));
  }
  return tidy(() => {
    const [x, y] = size === a.shape[0] ? [a, b] : [slice(a, begin, size), slice(b, begin, size)];
    return multiply(x, y, true);
  });
}

/** tf.matMul, without its slow case on wasm. The caller disposes what it makes on the way. */
function multiply(a: Tensor, b: Tensor, transposeA: boolean, transposeB = false): Tensor {
  if (getBackend() !== 'wasm') return matMul(a, b, transposeA, transposeB);
  if (transposeA) return matMul(transpose(a), b);
  return transposeB ? transpose(matMul(b, transpose(a))) : matMul(a, b);
}

/** A function that is linear in a and in b, with its gradients if the tape is on. */
function bilinear(
  inputs: [Tensor, Tensor],
  value: () => Tensor,
  gradient: (dy: Tensor, a: Tensor, b: Tensor) => Tensor[],
): Tensor {
  if (!engine().isTapeOn()) return tidy(value);
  return withGradient({inputs, saved: inputs, value, gradient});
}
