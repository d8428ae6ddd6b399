import {lossOfWgsl, rowWgsl} from './row_wgsl';
import {RowsProgram} from './threads_program';
import {scanGapWgsl, scanWindowWgsl} from './scan_window_wgsl';
import {gapWgsl, statisticsWgsl} from './statistics_wgsl';

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
${gapWgsl}
${scanWindowWgsl}
${scanGapWgsl}
${rowWgsl}
${lossOfWgsl}
fn main(row : i32) {
  if (row >= uniforms.batch) {
    return;
  }
  let label = i32(labels[row]);
  let labelLogit = labelLogitOf(row, label);
  let joined = joinLabel(scanWindow(row, 0, 1), label, labelLogit);
  var halfMeanGap = 0.0;
  if (uniforms.labelSmoothing > 0.0) {
    halfMeanGap = halfMeanGapOf(scanGap(row, 0, 1, joined.shift));
  }
  result[row] = lossOf(joined, label, labelLogit, halfMeanGap);
}
`;
  }
}
