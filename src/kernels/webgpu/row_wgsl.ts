/**
 * A row whose label has joined its statistics, and the loss that follows:
 *
 *   loss = log(sumExp) + (shift - x[label]),   sumExp = others + labelExp
 *
 * in this order: with logits of a million, log(sumExp) would not survive being added to the shift
 * first. Where the label is the largest logit the second term is 0 and the first log(1 + others).
 *
 * Label smoothing s mixes in the loss to the uniform target, for which mean(x) stands for x[label]:
 *
 *   loss = log(sumExp) + 2 ((1 - s) (shift - x[label]) / 2 + s mean(shift - x) / 2)
 *
 * in halves, since a difference of two floats may be more than a float holds while the loss is not.
 *
 * A z-loss k adds k lse^2, lse = shift + log(sumExp). One factor is multiplied by k first, so that only
 * a result too large for a float overflows.
 */
export const rowWgsl = `
struct Row {
  shift : f32,
  others : f32, // The sum of exponentials but for the label's,
  labelExp : f32, // which is this.
  isNaN : bool,
}

// A label outside the range reads no neighbour's logit, and a row that counts for NaN.
fn labelLogitOf(row : i32, label : i32) -> f32 {
  let column = select(0, label, isClass(label));
  return f32(logits[row * uniforms.numClasses + column]);
}

fn joinLabel(others : Statistics, label : i32, labelLogit : f32) -> Row {
  let bits = bitcast<u32>(labelLogit);
  let isRuledOut = bits == NEGATIVE_INFINITY_BITS;
  var shift = others.shift;
  if (!isRuledOut) {
    shift = max(shift, labelLogit);
  }
  let sumOfOthers = others.sumExp * exp(others.shift - shift);
  var labelExp = 0.0;
  if (!isRuledOut) {
    labelExp = select(exp(labelLogit - shift), 1.0, labelLogit == shift);
  }
  let isNaNRow = !isClass(label) || isNaN(labelLogit) || bits == INFINITY_BITS ||
      isNaN(others.sumExp) || sumOfOthers + labelExp == 0.0;
  return Row(shift, sumOfOthers, labelExp, isNaNRow);
}

// log(1 + x). Between 0.5 and 2 WGSL lets log be wrong by 2^-21, and 1 + x drops a small x; there
// 2 artanh(z), z = x / (2 + x), by its series, whose next term is 2 z^15 / 15 < 1e-8.
fn logOnePlus(x : f32) -> f32 {
  if (x >= 1.0) {
    return log(1.0 + x);
  }
  let z = x / (2.0 + x);
  let q = z * z;
  let series = 1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + q * (1.0 / 7.0 +
      q * (1.0 / 9.0 + q * (1.0 / 11.0 + q * (1.0 / 13.0))))));
  return 2.0 * z * series;
}

// log(sumExp). Where the label is the largest logit its 1 is not added to the others.
fn logOfSumExp(row : Row) -> f32 {
  return logOnePlus(select(row.others + row.labelExp - 1.0, row.others, row.labelExp == 1.0));
}
`;

/** The loss of a row that joinLabel left, with \`halfFall\` = mean(shift - x) / 2 for smoothing. */
export const lossWgsl = `
fn lossOf(row : Row, label : i32, labelLogit : f32, halfFall : f32) -> f32 {
  if (isIgnored(label)) {
    return 0.0;
  }
  if (row.isNaN) {
    return uniforms.NAN;
  }
  if (bitcast<u32>(labelLogit) == NEGATIVE_INFINITY_BITS ||
      bitcast<u32>(halfFall) == INFINITY_BITS) {
    return uniforms.INFINITY;
  }
  let logSum = logOfSumExp(row);
  let s = uniforms.labelSmoothing;
  let fall = (1.0 - s) * (0.5 * row.shift - 0.5 * labelLogit) + s * halfFall;
  let loss = logSum + 2.0 * fall;
  if (uniforms.zLoss > 0.0) {
    let logSumExp = row.shift + logSum;
    return loss + uniforms.zLoss * logSumExp * logSumExp;
  }
  return loss;
}
`;
