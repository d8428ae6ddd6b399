import {combineGapsWgsl, combineWindowsWgsl} from './combine_windows_wgsl';
import {lossOfWgsl, rowWgsl} from './row_wgsl';
import {RowsProgram} from './threads_program';
import {gapWgsl, statisticsWgsl} from './statistics_wgsl';

/** logits [batch, numClasses], labels [batch], statistics -> loss [batch]. */
export class LossProgram extends RowsProgram {
  readonly variableNames = ['logits', 'labels', 'statistics'];
  shaderKey = 'SparseSoftmaxCrossEntropy_loss';

  constructor(batch: number) {
    super(batch, batch);
  }

  getUserCode(): string {
    return `
${statisticsWgsl}
${combineWindowsWgsl}
${gapWgsl}
${combineGapsWgsl}
${rowWgsl}
${lossOfWgsl}
fn main(row : i32) {
  if (row >= uniforms.batch) {
    return;
  }
  let label = i32(labels[row]);
  let labelLogit = labelLogitOf(row, label);
  let joined = joinLabel(combineWindows(row), label, labelLogit);
  var halfMeanGap = 0.0;
  if (uniforms.labelSmoothing > 0.0) {
    halfMeanGap = halfMeanGapOf(combineGaps(row, joined.shift));
  }
  result[row] = lossOf(joined, label, labelLogit, halfMeanGap);
}
`;
  }
}
