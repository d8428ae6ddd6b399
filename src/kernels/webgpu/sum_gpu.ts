import {ThreadsProgram} from './threads_program';

/**
 * A thread adds at most so many terms: PARTS sums of PARTS terms each. The result is wrong by 1e-6
 * at most.
 */
export const MAX_TERMS = 256;
const PARTS = 16;

/**
 * x [outer, terms, inner] -> sums [outer, blocks, inner]. A thread adds every `blocks`-th term of a
 * column, so that neighbouring threads read neighbouring numbers.
 */
export class SumProgram extends ThreadsProgram {
  readonly variableNames = ['x'];
  readonly uniforms = 'size : i32, terms : i32, blocks : i32, inner : i32,';
  shaderKey = 'SparseSoftmaxCrossEntropy_sum';

  /** @param size outer * blocks * inner. */
  constructor(size: number) {
    super(size, size);
  }

  getUserCode(): string {
    return `
fn main(thread : i32) {
  if (thread >= uniforms.size) {
    return;
  }
  let column = thread % uniforms.inner;
  let block = thread / uniforms.inner % uniforms.blocks;
  let first = thread / (uniforms.inner * uniforms.blocks) * uniforms.terms;
  var sum = 0.0;
  var term = block;
  while (term < uniforms.terms) {
    var part = 0.0;
    for (var i = 0; i < ${PARTS} && term < uniforms.terms; i++) {
      part += f32(x[(first + term) * uniforms.inner + column]);
      term += uniforms.blocks;
    }
    sum += part;
  }
  result[thread] = sum;
}
`;
  }
}
