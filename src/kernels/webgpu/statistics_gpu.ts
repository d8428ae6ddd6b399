import {RowsProgram} from './rows_program';
import {scanWindowWgsl, statisticsWgsl} from './statistics_wgsl';

/**
 * logits [batch, numClasses], labels [batch] -> statistics [planes, batch, windows], the planes
 * being shift, sumExp and, for label smoothing alone, halfFall. The one pass forward that reads all
 * of the logits.
 */
export class StatisticsProgram extends RowsProgram {
  readonly variableNames = ['logits', 'labels'];
  shaderKey = 'SparseSoftmaxCrossEntropy_statistics';

  constructor(planes: number, batch: number, windows: number) {
    super(planes * batch * windows, batch * windows);
  }

  getUserCode(): string {
    return `
${statisticsWgsl}
${scanWindowWgsl}
fn main(thread : i32) {
  let windows = uniforms.windows;
  let row = thread / windows;
  if (row >= uniforms.batch) {
    return;
  }
  let window = thread - row * windows;
  let begin = row * uniforms.numClasses;
  let label = i32(labels[row]);
  let part = scanWindow(begin, window, windows, label);
  let plane = uniforms.batch * windows;
  result[thread] = part.shift;
  result[plane + thread] = part.sumExp;
  if (uniforms.labelSmoothing > 0.0) {
    result[2 * plane + thread] = halfFallOf(begin, window, windows, label, part.shift);
  }
}
`;
  }
}
