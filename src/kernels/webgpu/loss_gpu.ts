import {lossWgsl, rowWgsl} from './row_wgsl';
import {RowsProgram} from './rows_program';
import {combineWindowsWgsl, statisticsWgsl} from './statistics_wgsl';

/** logits [batch, numClasses], labels [batch], statistics [planes, batch, windows] -> loss [batch]. */
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
${rowWgsl}
${lossWgsl}
// Each window's fall is from a shift of its own, which lies below that of the row.
fn combineHalfFalls(row : i32, label : i32, labelLogit : f32, shift : f32) -> f32 {
  let windows = uniforms.windows;
  let plane = uniforms.batch * windows;
  let classes = f32(uniforms.numClasses);
  var halfFall = (0.5 * shift - 0.5 * labelLogit) / classes;
  for (var window = 0; window < windows; window++) {
    let at = row * windows + window;
    let columns = (uniforms.numClasses - window + windows - 1) / windows -
        select(0, 1, label % windows == window);
    if (columns > 0) {
      let partShift = statistics[at];
      halfFall += statistics[2 * plane + at] +
          (0.5 * shift - 0.5 * partShift) * (f32(columns) / classes);
    }
  }
  return halfFall;
}

fn main(row : i32) {
  if (row >= uniforms.batch) {
    return;
  }
  let label = i32(labels[row]);
  let labelLogit = labelLogitOf(row, label);
  let joined = joinLabel(combineWindows(row), label, labelLogit);
  var halfFall = 0.0;
  if (uniforms.labelSmoothing > 0.0) {
    halfFall = combineHalfFalls(row, label, labelLogit, joined.shift);
  }
  result[row] = lossOf(joined, label, labelLogit, halfFall);
}
`;
  }
}
