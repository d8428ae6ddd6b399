import {lossWgsl, rowWgsl} from './row_wgsl';
import {RowsProgram} from './rows_program';
import {scanWindowWgsl, statisticsWgsl} from './statistics_wgsl';

/** logits [batch, numClasses], labels [batch] -> loss [batch]: each thread reads its whole row. */
export class FewClassesLossProgram extends RowsProgram {
  readonly variableNames = ['logits', 'labels'];
  shaderKey = 'SparseSoftmaxCrossEntropy_fewClassesLoss';

  constructor(batch: number) {
    super(batch, batch);
  }

  getUserCode(): string {
    return `
${statisticsWgsl}
${scanWindowWgsl}
${rowWgsl}
${lossWgsl}
fn main(row : i32) {
  if (row >= uniforms.batch) {
    return;
  }
  let begin = row * uniforms.numClasses;
  let label = i32(labels[row]);
  let labelLogit = labelLogitOf(row, label);
  let joined = joinLabel(scanWindow(begin, 0, 1, label), label, labelLogit);
  var halfFall = 0.0;
  if (uniforms.labelSmoothing > 0.0) {
    halfFall = halfFallOf(begin, 0, 1, label, joined.shift) +
        (0.5 * joined.shift - 0.5 * labelLogit) / f32(uniforms.numClasses);
  }
  result[row] = lossOf(joined, label, labelLogit, halfFall);
}
`;
  }
}
