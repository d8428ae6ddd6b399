import {RowsProgram} from './threads_program';
import {scanGapWgsl, scanWindowWgsl} from './scan_window_wgsl';
import {gapWgsl, statisticsWgsl} from './statistics_wgsl';

/**
 * logits [batch, numClasses] -> statistics, see statistics.ts. The one pass forward that reads all
 * logits.
 */
export class StatisticsProgram extends RowsProgram {
  readonly variableNames = ['logits'];
  shaderKey = 'SparseSoftmaxCrossEntropy_statistics';

  constructor(planes: number, batch: number, windows: number) {
    super(planes * batch * windows, batch * windows);
  }

  getUserCode(): string {
    return `
${statisticsWgsl}
${gapWgsl}
${scanWindowWgsl}
${scanGapWgsl}
fn main(thread : i32) {
  let windows = uniforms.windows;
  let row = thread / windows;
  if (row >= uniforms.batch) {
    return;
  }
  let window = thread - row * windows;
  let part = scanWindow(row, window, windows);
  let plane = uniforms.batch * windows;
  result[thread] = part.shift;
  result[plane + thread] = part.sumOfSmaller;
  if (uniforms.labelSmoothing > 0.0) {
    result[2 * plane + thread] = scanGap(row, window, windows, part.shift);
  }
}
`;
  }
}
