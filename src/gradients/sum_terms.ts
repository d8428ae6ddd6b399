/**
 * Sums that hold for millions of terms. `sums.ts` makes them differentiable.
 *
 * Equal terms all round the same way. Added one after the other in float32, n of them are wrong by
 * up to n * 2^-25: 4 % for the 3 million losses of a batch. On wasm, over rows on tensorflow, and
 * inside each thread of a GPU, tf.sum does this. Here the Sum kernel of a backend adds. Where there
 * is none, tf.js's ops add in stages of few terms.
 */
import {
  getBackend,
  getKernel,
  matMul,
  ones,
  pad,
  reshape,
  sum,
  type Tensor,
} from '@tensorflow/tfjs-core';

import {reshapedTo} from '../arguments/to_tensor';
import {
  SparseSoftmaxCrossEntropySum,
  type SparseSoftmaxCrossEntropySumAttrs,
} from '../kernel_names';
import {runSum} from '../run_kernels';

/** Up to so many terms need no stages: the sum is wrong by 2e-6 at most. */
const FEW_TERMS = 256;

/**
 * On webgl, tf.sum adds at most 32 terms one after the other, if their number is a multiple of 32
 * and at most its square.
 */
const WINDOW = 32;
/** The number of terms of each sum in a stage. */
const ROW_BLOCK = WINDOW ** 2;
/** The same for a matrix product, which adds one after the other. */
const COLUMN_BLOCK = 64;

/**
 * The sums over the middle axis of x, float32 and seen as [outer, terms, inner]: outer * inner
 * numbers of the shape `shape`.
 */
export function sumTerms(x: Tensor, sizes: SparseSoftmaxCrossEntropySumAttrs): Tensor {
  const {outer, terms, inner, shape} = sizes;
  if (getKernel(SparseSoftmaxCrossEntropySum, getBackend())) return runSum(x, sizes);
  if (inner > 1)
    return reshapedTo(sumOfColumns(reshapedTo(x, [outer, terms, inner]), sizes), shape);
  if (outer === 1 && terms <= FEW_TERMS) return reshapedTo(sum(x), shape);
  return reshapedTo(sumOfRows(reshapedTo(x, [outer, terms])), shape);
}

type Sizes = Omit<SparseSoftmaxCrossEntropySumAttrs, 'shape'>;

/** [outer, terms] -> [outer]. */
function sumOfRows(x: Tensor): Tensor {
  const [outer, terms] = x.shape;
  if (terms <= FEW_TERMS) return sum(x, 1);
  if (terms <= ROW_BLOCK) {
    return sum(withZeros(x, [outer, Math.ceil(terms / WINDOW) * WINDOW]), 1);
  }
  const blocks = Math.ceil(terms / ROW_BLOCK);
  const padded = withZeros(x, [outer, blocks * ROW_BLOCK]);
  return sumOfRows(reshape(sum(reshape(padded, [outer * blocks, ROW_BLOCK]), 1), [outer, blocks]));
}

/**
 * [outer, terms, inner] -> [outer, inner], by matrix products: tf.sum would transpose x first.
 */
function sumOfColumns(x: Tensor, {outer, terms, inner}: Sizes): Tensor {
  if (terms <= FEW_TERMS) return reshape(matMul(ones([1, 1, terms]), x), [outer, inner]);
  const blocks = Math.ceil(terms / COLUMN_BLOCK);
  const padded = withZeros(x, [outer, blocks * COLUMN_BLOCK, inner]);
  const columns = reshape(padded, [outer * blocks, COLUMN_BLOCK, inner]);
  const sums = matMul(ones([1, 1, COLUMN_BLOCK]), columns);
  return sumOfColumns(reshape(sums, [outer, blocks, inner]), {outer, terms: blocks, inner});
}

function withZeros(x: Tensor, shape: number[]): Tensor {
  if (x.shape.every((size, i) => size === shape[i])) return x;
  return pad(
    x,
    shape.map((size, i): [number, number] => [0, size - x.shape[i]]),
  );
}
