// StatisticsProgram


const INFINITY_BITS = 0x7f800000u;
const NEGATIVE_INFINITY_BITS = 0xff800000u;
const LOWEST = -0x1.fffffep+127f;

struct Statistics {
  shift : f32,
  sumExp : f32,
}

fn isNaN(x : f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > INFINITY_BITS;
}

fn isClass(label : i32) -> bool {
  return label >= 0 && label < uniforms.numClasses;
}

fn isIgnored(label : i32) -> bool {
  return uniforms.hasIgnoreClass == 1 && label == uniforms.ignoreClass;
}

// NaN where a number of the window was NaN or Infinity.
fn markNaN(part : Statistics, magnitude : u32) -> Statistics {
  let isMarked = magnitude > INFINITY_BITS || bitcast<u32>(part.shift) == INFINITY_BITS;
  return Statistics(part.shift, select(part.sumExp, uniforms.NAN, isMarked));
}


fn scanWindow(begin : i32, window : i32, windows : i32, label : i32) -> Statistics {
  let numClasses = uniforms.numClasses;
  var shift = LOWEST;
  var sumExp = 0.0;
  var magnitude = 0u;
  var column = window;
  // To the label, if it is in this window, and then on from behind it.
  var end = select(numClasses, label, isClass(label) && label % windows == window);
  loop {
    for (; column + 3 * windows < end; column += 4 * windows) {
      let at = begin + column;
      let x = vec4<f32>(f32(logits[at]), f32(logits[at + windows]),
                        f32(logits[at + 2 * windows]), f32(logits[at + 3 * windows]));
      let bits = bitcast<vec4<u32>>(x) & vec4<u32>(0x7fffffffu);
      magnitude = max(magnitude, max(max(bits.x, bits.y), max(bits.z, bits.w)));
      let larger = max(shift, max(max(x.x, x.y), max(x.z, x.w)));
      let e = exp(x - vec4<f32>(larger));
      sumExp = sumExp * exp(shift - larger) + ((e.x + e.y) + (e.z + e.w));
      shift = larger;
    }
    for (; column < end; column += windows) {
      let x = f32(logits[begin + column]);
      magnitude = max(magnitude, bitcast<u32>(x) & 0x7fffffffu);
      let larger = max(shift, x);
      sumExp = sumExp * exp(shift - larger) + exp(x - larger);
      shift = larger;
    }
    if (end == numClasses) {
      break;
    }
    column = label + windows;
    end = numClasses;
  }
  return markNaN(Statistics(shift, sumExp), magnitude);
}

// For label smoothing: how far the logits of a window, but for the label's, lie below the shift;
// half of it, since all of it may be more than a float holds, and as a share of the row's mean.
// No logit is above the shift, so nothing cancels.
fn halfFallOf(begin : i32, window : i32, windows : i32, label : i32, shift : f32) -> f32 {
  var halfFall = 0.0;
  for (var column = window; column < uniforms.numClasses; column += windows) {
    if (column != label) {
      let x = f32(logits[begin + column]);
      halfFall += (0.5 * shift - 0.5 * x) / f32(uniforms.numClasses);
    }
  }
  return halfFall;
}

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

// LossProgram


const INFINITY_BITS = 0x7f800000u;
const NEGATIVE_INFINITY_BITS = 0xff800000u;
const LOWEST = -0x1.fffffep+127f;

struct Statistics {
  shift : f32,
  sumExp : f32,
}

fn isNaN(x : f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > INFINITY_BITS;
}

fn isClass(label : i32) -> bool {
  return label >= 0 && label < uniforms.numClasses;
}

fn isIgnored(label : i32) -> bool {
  return uniforms.hasIgnoreClass == 1 && label == uniforms.ignoreClass;
}

// NaN where a number of the window was NaN or Infinity.
fn markNaN(part : Statistics, magnitude : u32) -> Statistics {
  let isMarked = magnitude > INFINITY_BITS || bitcast<u32>(part.shift) == INFINITY_BITS;
  return Statistics(part.shift, select(part.sumExp, uniforms.NAN, isMarked));
}


fn combineWindows(row : i32) -> Statistics {
  let windows = uniforms.windows;
  let plane = uniforms.batch * windows;
  var shift = LOWEST;
  var sumExp = 0.0;
  var magnitude = 0u;
  for (var window = 0; window < windows; window++) {
    let at = row * windows + window;
    let partShift = statistics[at];
    let partSumExp = statistics[plane + at];
    magnitude = max(magnitude, bitcast<u32>(partSumExp) & 0x7fffffffu);
    let larger = max(shift, partShift);
    sumExp = sumExp * exp(shift - larger) + partSumExp * exp(partShift - larger);
    shift = larger;
  }
  return markNaN(Statistics(shift, sumExp), magnitude);
}


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

// FewClassesLossProgram


const INFINITY_BITS = 0x7f800000u;
const NEGATIVE_INFINITY_BITS = 0xff800000u;
const LOWEST = -0x1.fffffep+127f;

struct Statistics {
  shift : f32,
  sumExp : f32,
}

fn isNaN(x : f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > INFINITY_BITS;
}

fn isClass(label : i32) -> bool {
  return label >= 0 && label < uniforms.numClasses;
}

fn isIgnored(label : i32) -> bool {
  return uniforms.hasIgnoreClass == 1 && label == uniforms.ignoreClass;
}

// NaN where a number of the window was NaN or Infinity.
fn markNaN(part : Statistics, magnitude : u32) -> Statistics {
  let isMarked = magnitude > INFINITY_BITS || bitcast<u32>(part.shift) == INFINITY_BITS;
  return Statistics(part.shift, select(part.sumExp, uniforms.NAN, isMarked));
}


fn scanWindow(begin : i32, window : i32, windows : i32, label : i32) -> Statistics {
  let numClasses = uniforms.numClasses;
  var shift = LOWEST;
  var sumExp = 0.0;
  var magnitude = 0u;
  var column = window;
  // To the label, if it is in this window, and then on from behind it.
  var end = select(numClasses, label, isClass(label) && label % windows == window);
  loop {
    for (; column + 3 * windows < end; column += 4 * windows) {
      let at = begin + column;
      let x = vec4<f32>(f32(logits[at]), f32(logits[at + windows]),
                        f32(logits[at + 2 * windows]), f32(logits[at + 3 * windows]));
      let bits = bitcast<vec4<u32>>(x) & vec4<u32>(0x7fffffffu);
      magnitude = max(magnitude, max(max(bits.x, bits.y), max(bits.z, bits.w)));
      let larger = max(shift, max(max(x.x, x.y), max(x.z, x.w)));
      let e = exp(x - vec4<f32>(larger));
      sumExp = sumExp * exp(shift - larger) + ((e.x + e.y) + (e.z + e.w));
      shift = larger;
    }
    for (; column < end; column += windows) {
      let x = f32(logits[begin + column]);
      magnitude = max(magnitude, bitcast<u32>(x) & 0x7fffffffu);
      let larger = max(shift, x);
      sumExp = sumExp * exp(shift - larger) + exp(x - larger);
      shift = larger;
    }
    if (end == numClasses) {
      break;
    }
    column = label + windows;
    end = numClasses;
  }
  return markNaN(Statistics(shift, sumExp), magnitude);
}

// For label smoothing: how far the logits of a window, but for the label's, lie below the shift;
// half of it, since all of it may be more than a float holds, and as a share of the row's mean.
// No logit is above the shift, so nothing cancels.
fn halfFallOf(begin : i32, window : i32, windows : i32, label : i32, shift : f32) -> f32 {
  var halfFall = 0.0;
  for (var column = window; column < uniforms.numClasses; column += windows) {
    if (column != label) {
      let x = f32(logits[begin + column]);
      halfFall += (0.5 * shift - 0.5 * x) / f32(uniforms.numClasses);
    }
  }
  return halfFall;
}


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

// RowTermsProgram


const INFINITY_BITS = 0x7f800000u;
const NEGATIVE_INFINITY_BITS = 0xff800000u;
const LOWEST = -0x1.fffffep+127f;

struct Statistics {
  shift : f32,
  sumExp : f32,
}

fn isNaN(x : f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > INFINITY_BITS;
}

fn isClass(label : i32) -> bool {
  return label >= 0 && label < uniforms.numClasses;
}

fn isIgnored(label : i32) -> bool {
  return uniforms.hasIgnoreClass == 1 && label == uniforms.ignoreClass;
}

// NaN where a number of the window was NaN or Infinity.
fn markNaN(part : Statistics, magnitude : u32) -> Statistics {
  let isMarked = magnitude > INFINITY_BITS || bitcast<u32>(part.shift) == INFINITY_BITS;
  return Statistics(part.shift, select(part.sumExp, uniforms.NAN, isMarked));
}


fn combineWindows(row : i32) -> Statistics {
  let windows = uniforms.windows;
  let plane = uniforms.batch * windows;
  var shift = LOWEST;
  var sumExp = 0.0;
  var magnitude = 0u;
  for (var window = 0; window < windows; window++) {
    let at = row * windows + window;
    let partShift = statistics[at];
    let partSumExp = statistics[plane + at];
    magnitude = max(magnitude, bitcast<u32>(partSumExp) & 0x7fffffffu);
    let larger = max(shift, partShift);
    sumExp = sumExp * exp(shift - larger) + partSumExp * exp(partShift - larger);
    shift = larger;
  }
  return markNaN(Statistics(shift, sumExp), magnitude);
}


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


struct Terms {
  shift : f32,
  scale : f32,
  constant : f32,
  labelGrad : f32,
}


fn termsOf(row : Row, label : i32, rowDy : f32) -> Terms {
  if (isIgnored(label)) {
    return Terms(0.0, 0.0, 0.0, 0.0);
  }
  if (row.isNaN) {
    return Terms(0.0, uniforms.NAN, 0.0, 0.0);
  }
  let sumExp = row.others + row.labelExp;
  var zTerm = 0.0;
  if (uniforms.zLoss > 0.0) {
    zTerm = 2.0 * uniforms.zLoss * (row.shift + logOfSumExp(row));
  }
  let labelGrad = rowDy * ((1.0 - uniforms.labelScale + zTerm) * (row.labelExp / sumExp) -
      uniforms.labelScale * (row.others / sumExp) - uniforms.uniformScale);
  // rowDy may be Infinity.
  let constant = select(uniforms.uniformScale * rowDy, 0.0, uniforms.uniformScale == 0.0);
  return Terms(row.shift, rowDy * (1.0 + zTerm) / sumExp, constant, labelGrad);
}

fn main(row : i32) {
  if (row >= uniforms.batch) {
    return;
  }
  let label = i32(labels[row]);
  let joined = joinLabel(combineWindows(row), label, labelLogitOf(row, label));
  let terms = termsOf(joined, label, f32(dy[row]));
  result[row] = vec4<f32>(terms.shift, terms.scale, terms.constant, terms.labelGrad);
}

// GradProgram


const INFINITY_BITS = 0x7f800000u;
const NEGATIVE_INFINITY_BITS = 0xff800000u;
const LOWEST = -0x1.fffffep+127f;

struct Statistics {
  shift : f32,
  sumExp : f32,
}

fn isNaN(x : f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > INFINITY_BITS;
}

fn isClass(label : i32) -> bool {
  return label >= 0 && label < uniforms.numClasses;
}

fn isIgnored(label : i32) -> bool {
  return uniforms.hasIgnoreClass == 1 && label == uniforms.ignoreClass;
}

// NaN where a number of the window was NaN or Infinity.
fn markNaN(part : Statistics, magnitude : u32) -> Statistics {
  let isMarked = magnitude > INFINITY_BITS || bitcast<u32>(part.shift) == INFINITY_BITS;
  return Statistics(part.shift, select(part.sumExp, uniforms.NAN, isMarked));
}


struct Terms {
  shift : f32,
  scale : f32,
  constant : f32,
  labelGrad : f32,
}


fn writeWindow(row : i32, window : i32, windows : i32, label : i32, terms : Terms) {
  let begin = row * uniforms.numClasses;
  let isZero = terms.scale == 0.0 && terms.constant == 0.0 && terms.labelGrad == 0.0;
  let isConstant = isNaN(terms.scale) || isZero;
  for (var column = window; column < uniforms.numClasses; column += windows) {
    let x = f32(logits[begin + column]);
    var value = exp(x - terms.shift) * terms.scale - terms.constant;
    value = select(value, terms.labelGrad, column == label);
    result[begin + column] = select(value, terms.scale, isConstant);
  }
}

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

// FewClassesGradProgram


const INFINITY_BITS = 0x7f800000u;
const NEGATIVE_INFINITY_BITS = 0xff800000u;
const LOWEST = -0x1.fffffep+127f;

struct Statistics {
  shift : f32,
  sumExp : f32,
}

fn isNaN(x : f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > INFINITY_BITS;
}

fn isClass(label : i32) -> bool {
  return label >= 0 && label < uniforms.numClasses;
}

fn isIgnored(label : i32) -> bool {
  return uniforms.hasIgnoreClass == 1 && label == uniforms.ignoreClass;
}

// NaN where a number of the window was NaN or Infinity.
fn markNaN(part : Statistics, magnitude : u32) -> Statistics {
  let isMarked = magnitude > INFINITY_BITS || bitcast<u32>(part.shift) == INFINITY_BITS;
  return Statistics(part.shift, select(part.sumExp, uniforms.NAN, isMarked));
}


fn scanWindow(begin : i32, window : i32, windows : i32, label : i32) -> Statistics {
  let numClasses = uniforms.numClasses;
  var shift = LOWEST;
  var sumExp = 0.0;
  var magnitude = 0u;
  var column = window;
  // To the label, if it is in this window, and then on from behind it.
  var end = select(numClasses, label, isClass(label) && label % windows == window);
  loop {
    for (; column + 3 * windows < end; column += 4 * windows) {
      let at = begin + column;
      let x = vec4<f32>(f32(logits[at]), f32(logits[at + windows]),
                        f32(logits[at + 2 * windows]), f32(logits[at + 3 * windows]));
      let bits = bitcast<vec4<u32>>(x) & vec4<u32>(0x7fffffffu);
      magnitude = max(magnitude, max(max(bits.x, bits.y), max(bits.z, bits.w)));
      let larger = max(shift, max(max(x.x, x.y), max(x.z, x.w)));
      let e = exp(x - vec4<f32>(larger));
      sumExp = sumExp * exp(shift - larger) + ((e.x + e.y) + (e.z + e.w));
      shift = larger;
    }
    for (; column < end; column += windows) {
      let x = f32(logits[begin + column]);
      magnitude = max(magnitude, bitcast<u32>(x) & 0x7fffffffu);
      let larger = max(shift, x);
      sumExp = sumExp * exp(shift - larger) + exp(x - larger);
      shift = larger;
    }
    if (end == numClasses) {
      break;
    }
    column = label + windows;
    end = numClasses;
  }
  return markNaN(Statistics(shift, sumExp), magnitude);
}

// For label smoothing: how far the logits of a window, but for the label's, lie below the shift;
// half of it, since all of it may be more than a float holds, and as a share of the row's mean.
// No logit is above the shift, so nothing cancels.
fn halfFallOf(begin : i32, window : i32, windows : i32, label : i32, shift : f32) -> f32 {
  var halfFall = 0.0;
  for (var column = window; column < uniforms.numClasses; column += windows) {
    if (column != label) {
      let x = f32(logits[begin + column]);
      halfFall += (0.5 * shift - 0.5 * x) / f32(uniforms.numClasses);
    }
  }
  return halfFall;
}


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


struct Terms {
  shift : f32,
  scale : f32,
  constant : f32,
  labelGrad : f32,
}


fn termsOf(row : Row, label : i32, rowDy : f32) -> Terms {
  if (isIgnored(label)) {
    return Terms(0.0, 0.0, 0.0, 0.0);
  }
  if (row.isNaN) {
    return Terms(0.0, uniforms.NAN, 0.0, 0.0);
  }
  let sumExp = row.others + row.labelExp;
  var zTerm = 0.0;
  if (uniforms.zLoss > 0.0) {
    zTerm = 2.0 * uniforms.zLoss * (row.shift + logOfSumExp(row));
  }
  let labelGrad = rowDy * ((1.0 - uniforms.labelScale + zTerm) * (row.labelExp / sumExp) -
      uniforms.labelScale * (row.others / sumExp) - uniforms.uniformScale);
  // rowDy may be Infinity.
  let constant = select(uniforms.uniformScale * rowDy, 0.0, uniforms.uniformScale == 0.0);
  return Terms(row.shift, rowDy * (1.0 + zTerm) / sumExp, constant, labelGrad);
}


fn writeWindow(row : i32, window : i32, windows : i32, label : i32, terms : Terms) {
  let begin = row * uniforms.numClasses;
  let isZero = terms.scale == 0.0 && terms.constant == 0.0 && terms.labelGrad == 0.0;
  let isConstant = isNaN(terms.scale) || isZero;
  for (var column = window; column < uniforms.numClasses; column += windows) {
    let x = f32(logits[begin + column]);
    var value = exp(x - terms.shift) * terms.scale - terms.constant;
    value = select(value, terms.labelGrad, column == label);
    result[begin + column] = select(value, terms.scale, isConstant);
  }
}

fn main(row : i32) {
  if (row >= uniforms.batch) {
    return;
  }
  let label = i32(labels[row]);
  let others = scanWindow(row * uniforms.numClasses, 0, 1, label);
  let joined = joinLabel(others, label, labelLogitOf(row, label));
  writeWindow(row, 0, 1, label, termsOf(joined, label, f32(dy[row])));
}
