import {rowWgsl} from './row_wgsl';
import {RowsProgram} from './threads_program';
import {scanWindowWgsl} from './scan_window_wgsl';
import {statisticsWgsl} from './statistics_wgsl';
import {termsOfWgsl, termsWgsl, writeWindowWgsl} from './terms_wgsl';

/**
 * dy [batch], logits [batch, numClasses], labels [batch] -> dfeatures [batch, numClasses]: each
 * thread reads its whole row, and writes it.
 */
export class FewClassesGradProgram extends RowsProgram {
  readonly variableNames = ['dy', 'logits', 'labels'];
  shaderKey = 'SparseSoftmaxCrossEntropy_fewClassesGrad';

  constructor(batch: number, numClasses: number) {
    super(batch * numClasses, batch);
  }

  getUserCode(): string {
    return `
${statisticsWgsl}
${scanWindowWgsl}
${rowWgsl}
${termsWgsl}
${termsOfWgsl}
${writeWindowWgsl}
fn main(row : i32) {
  if (row >= uniforms.batch) {
    return;
  }
  let label = i32(labels[row]);
  let joined = joinLabel(scanWindow(row, 0, 1), label, labelLogitOf(row, label));
  writeWindow(row, 0, 1, label, termsOf(joined, label, f32(dy[row])));
}
`;
  }
}
