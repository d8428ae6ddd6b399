/**
 * A row whose label has joined its statistics, and its loss:
 *
 *   loss = log(sumExp) + (shift - x[label])
 *
 * in this order: with logits of a million, log(sumExp) would not survive being added to the shift
 * first. Where the label is the largest logit, the second term is 0. The first is
 * log(1 + sumOfSmaller), which may be tiny.
 *
 * Label smoothing s mixes in the loss of the uniform target, for which mean(x) replaces x[label]:
 *
 *   loss = log(sumExp) + 2 ((1 - s) (shift - x[label]) / 2 + s meanGap / 2)
 *   meanGap = shift - mean(x)
 *
 * in halves, since the difference of two floats may overflow where the loss does not.
 *
 * A z-loss k adds k lse^2, lse = shift + log(sumExp). One factor is multiplied by k first, so that
 * only a result too large for a float overflows.
 */

/** joinLabel and logOfSumExp. Need the input `logits`. */
export const rowWgsl = `
struct Row {
  shift : f32,
  sumOfSmaller : f32,
  labelExp : f32,
  sumOfOthers : f32, // All but the label's.
  isNaN : bool,
}

// An invalid label reads column 0, and joinLabel makes its row NaN.
fn labelLogitOf(row : i32, label : i32) -> f32 {
  let column = select(0, label, isClass(label));
  return f32(logits[row * uniforms.numClasses + column]);
}

// log(1 + x). Between 0.5 and 2 WGSL lets log be wrong by 2^-21, and 1 + x drops a small x. There
// it is 2 artanh(z), z = x / (2 + x), by its series, whose next term is 2 z^15 / 15 < 1e-8.
fn logOnePlus(x : f32) -> f32 {
  let z = x / (2.0 + x);
  let q = z * z;
  let series = 1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + q * (1.0 / 7.0 +
      q * (1.0 / 9.0 + q * (1.0 / 11.0 + q * (1.0 / 13.0))))));
  return select(2.0 * z * series, log(1.0 + x), x >= 1.0);
}

// log(sumExp), sumExp = 1 + sumOfSmaller
fn logOfSumExp(row : Row) -> f32 {
  return logOnePlus(row.sumOfSmaller);
}

fn joinLabel(part : Statistics, label : i32, labelLogit : f32) -> Row {
  let sumOfSmaller = part.sumOfSmaller;
  let isLargest = labelLogit == part.shift;
  let labelExp = select(exp(labelLogit - part.shift), 1.0, isLargest);
  // Nothing cancels: if the label is not the largest logit, labelExp is a term of sumOfSmaller.
  let sumOfOthers = select(sumOfSmaller + (1.0 - labelExp), sumOfSmaller, isLargest);
  let isNaNRow = !isClass(label) || isNaN(sumOfSmaller) || sumOfSmaller == -1.0;
  return Row(part.shift, sumOfSmaller, labelExp, sumOfOthers, isNaNRow);
}
`;

/** The loss of a row that joinLabel made. */
export const lossOfWgsl = `
fn lossOf(row : Row, label : i32, labelLogit : f32, halfMeanGap : f32) -> f32 {
  if (isIgnored(label)) {
    return 0.0;
  }
  if (row.isNaN) {
    return uniforms.NAN;
  }
  if (bitcast<u32>(labelLogit) == NEGATIVE_INFINITY_BITS ||
      bitcast<u32>(halfMeanGap) == INFINITY_BITS) {
    return uniforms.INFINITY;
  }
  let logSum = logOfSumExp(row);
  let s = uniforms.labelSmoothing;
  let halfGap = (1.0 - s) * (0.5 * row.shift - 0.5 * labelLogit) + s * halfMeanGap;
  let loss = logSum + 2.0 * halfGap;
  if (uniforms.zLoss > 0.0) {
    let lse = row.shift + logSum;
    return loss + uniforms.zLoss * lse * lse;
  }
  return loss;
}
`;
