/**
 * Softmax's two numbers of a row, shift = max(x) and sumExp = sum(exp(x - shift)), in one pass: when
 * a larger logit turns up, what was summed so far is scaled to it.
 *
 *   shift'  = max(shift, x)
 *   sumExp' = sumExp * exp(shift - shift') + exp(x - shift')
 *
 * In the same way two windows of a row make one, so the order in which a row is read is free.
 *
 * The label's own term is left out, and joins at the end: where the label is the largest logit its
 * 1 would swallow the sum of the others, which is the loss of a confident row.
 *
 * Arithmetic is not trusted with NaN and Infinity: WGSL lets a compiler assume that there are none.
 * Their bits are tested instead, and what must become NaN is marked by a sumExp of NaN. A -Infinity
 * needs nothing: `shift` starts at the lowest finite number, so it adds exp(-Infinity) = 0.
 *
 * Every read goes through f32() or i32(): tf.cast leaves int32 numbers as they are in the buffer of
 * a float32 tensor.
 */
export const statisticsWgsl = `
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
`;

/** Reads a window of the row that begins at \`begin\`, four logits at a time. */
export const scanWindowWgsl = `
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
`;

/** Puts the windows of a row together, from the planes [shift, sumExp, halfFall] of statistics. */
export const combineWindowsWgsl = `
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
`;
