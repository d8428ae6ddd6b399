import {combineWindowsWgsl} from './combine_windows_wgsl';
import {rowWgsl} from './row_wgsl';
import {RowsProgram} from './threads_program';
import {statisticsWgsl} from './statistics_wgsl';
import {termsOfWgsl, termsWgsl} from './terms_wgsl';

/**
 * dy [batch], logits [batch, numClasses], labels [batch], statistics -> rowTerms [batch, 4]:
 * (shift, scaledInvSumExp, c, labelGrad) of each row, once for the many threads of its gradient.
 */
export class RowTermsProgram extends RowsProgram {
  readonly variableNames = ['dy', 'logits', 'labels', 'statistics'];
  readonly variableComponents = [1, 1, 1, 1];
  readonly outputComponent = 4;
  shaderKey = 'SparseSoftmaxCrossEntropy_rowTerms';

  constructor(batch: number) {
    super(4 * batch, batch);
  }

  getUserCode(): string {
    return `
${statisticsWgsl}
${combineWindowsWgsl}
${rowWgsl}
${termsWgsl}
${termsOfWgsl}
fn main(row : i32) {
  if (row >= uniforms.batch) {
    return;
  }
  let label = i32(labels[row]);
  let joined = joinLabel(combineWindows(row), label, labelLogitOf(row, label));
  let terms = termsOf(joined, label, f32(dy[row]));
  result[row] = vec4<f32>(terms.shift, terms.scaledInvSumExp, terms.c, terms.labelGrad);
}
`;
  }
}
