import type {SparseSoftmaxCrossEntropySumAttrs} from '../../kernel_names';

/** The sums over the middle axis of [outer, terms, inner], added in float64: [outer, inner]. */
export function sumsOfTerms(
  values: Float32Array,
  {outer, terms, inner}: SparseSoftmaxCrossEntropySumAttrs,
): Float32Array {
  const sums = new Float32Array(outer * inner);
  if (inner === 1) {
    for (let row = 0; row < outer; row++) sums[row] = sumOf(values, row * terms, (row + 1) * terms);
    return sums;
  }
  const columns = new Float64Array(inner);
  let at = 0;
  for (let row = 0; row < outer; row++) {
    columns.fill(0);
    for (let term = 0; term < terms; term++) {
      for (let j = 0; j < inner; j++) columns[j] += values[at++];
    }
    sums.set(columns, row * inner);
  }
  return sums;
}

/** With four sums, an addition need not wait for the one before it. */
function sumOf(values: Float32Array, begin: number, end: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let i = begin;
  for (; i + 4 <= end; i += 4) {
    a += values[i];
    b += values[i + 1];
    c += values[i + 2];
    d += values[i + 3];
  }
  for (; i < end; i++) a += values[i];
  return a + b + (c + d);
}
