import {RowsProgram} from './threads_program';
import {statisticsWgsl} from './statistics_wgsl';
import {termsWgsl, writeWindowWgsl} from './terms_wgsl';

/**
 * logits [batch, numClasses], labels [batch], rowTerms [batch, 4] -> dfeatures [batch, numClasses].
 * A thread writes a window of a row, so that it divides and reads the row's terms once for many
 * numbers.
 */
export class GradProgram extends RowsProgram {
  readonly variableNames = ['logits', 'labels', 'rowTerms'];
  readonly variableComponents = [1, 1, 4];
  shaderKey = 'SparseSoftmaxCrossEntropy_grad';

  constructor(batch: number, numClasses: number, windows: number) {
    super(batch * numClasses, batch * windows);
  }

  getUserCode(): string {
    return `
${statisticsWgsl}
${termsWgsl}
${writeWindowWgsl}
fn main(thread : i32) {
  let row = thread / uniforms.windows;
  if (row >= uniforms.batch) {
    return;
  }
  let window = thread - row * uniforms.windows;
  let terms = rowTerms[row];
  writeWindow(row, window, uniforms.windows, i32(labels[row]),
              Terms(terms.x, terms.y, terms.z, terms.w));
}
`;
  }
}
