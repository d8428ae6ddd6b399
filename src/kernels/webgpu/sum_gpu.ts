import {RowsProgram} from './rows_program';
import {intUniform, type UniformValue} from './uniforms';

/** A thread adds at most so many terms, in PARTS sums of PARTS, which are wrong by 1e-6 at most. */
export const MAX_TERMS = 256;
const PARTS = 16;

/** One stage: [outer, terms, inner] -> [outer, blocks, inner]. */
export interface Stage {
  readonly outer: number;
  readonly terms: number;
  readonly blocks: number;
  readonly inner: number;
}

/**
 * x [outer, terms, inner] -> sums [outer, blocks, inner]. A thread adds every `blocks`-th term of a
 * column, so that neighbouring threads read neighbouring numbers.
 */
export class SumProgram extends RowsProgram {
  readonly variableNames = ['x'];
  override readonly uniforms = 'size : i32, terms : i32, blocks : i32, inner : i32,';
  shaderKey = 'SparseSoftmaxCrossEntropy_sum';

  constructor({outer, blocks, inner}: Stage) {
    super(outer * blocks * inner, outer * blocks * inner);
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

export function stageUniforms({outer, terms, blocks, inner}: Stage): UniformValue[] {
  return [outer * blocks * inner, terms, blocks, inner].map(intUniform);
}
