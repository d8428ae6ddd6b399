/**
 * The losses of four rows at once, for few classes: a lane to a row, so that nothing is summed across
 * lanes and the logarithm is taken for four. The derivation is that of row_loss.ts.
 *
 * Classes come in blocks of 4 x 4 logits, which are transposed, and the last few one by one.
 */
import {exp} from './exp';
import {log1p} from './log1p';

/** Pointers to the first of the four rows. */
export function fourLosses(
  logits: usize,
  numClasses: i32,
  labels: usize,
  loss: usize,
  shiftOut: usize,
  sumExpOut: usize,
  othersOut: usize,
): void {
  const stride = (<usize>numClasses) << 2;
  const blocks = stride & ~15;
  const row1 = logits + stride;
  const row2 = row1 + stride;
  const row3 = row2 + stride;

  let a = f32x4.splat(-Infinity);
  let b = a;
  let c = a;
  let d = a;
  for (let at: usize = 0; at < blocks; at += 16) {
    a = f32x4.pmax(a, v128.load(logits + at));
    b = f32x4.pmax(b, v128.load(row1 + at));
    c = f32x4.pmax(c, v128.load(row2 + at));
    d = f32x4.pmax(d, v128.load(row3 + at));
  }
  const ab = f32x4.pmax(lowPairs(a, b), highPairs(a, b));
  const cd = f32x4.pmax(lowPairs(c, d), highPairs(c, d));
  let shift = f32x4.pmax(lowHalves(ab, cd), highHalves(ab, cd));
  for (let at = blocks; at < stride; at += 4) {
    shift = f32x4.pmax(shift, lanes(logits + at, row1 + at, row2 + at, row3 + at));
  }

  const label = v128.load(labels);
  const one = i32x4.splat(1);
  let j = i32x4.splat(0);
  let others = f32x4.splat(0);
  for (let at: usize = 0; at < blocks; at += 16) {
    a = v128.load(logits + at);
    b = v128.load(row1 + at);
    c = v128.load(row2 + at);
    d = v128.load(row3 + at);
    const ab01 = lowPairs(a, b);
    const cd01 = lowPairs(c, d);
    const ab23 = highPairs(a, b);
    const cd23 = highPairs(c, d);
    others = f32x4.add(others, otherExp(lowHalves(ab01, cd01), shift, label, j));
    j = i32x4.add(j, one);
    others = f32x4.add(others, otherExp(highHalves(ab01, cd01), shift, label, j));
    j = i32x4.add(j, one);
    others = f32x4.add(others, otherExp(lowHalves(ab23, cd23), shift, label, j));
    j = i32x4.add(j, one);
    others = f32x4.add(others, otherExp(highHalves(ab23, cd23), shift, label, j));
    j = i32x4.add(j, one);
  }
  for (let at = blocks; at < stride; at += 4) {
    const x = lanes(logits + at, row1 + at, row2 + at, row3 + at);
    others = f32x4.add(others, otherExp(x, shift, label, j));
    j = i32x4.add(j, one);
  }

  const labelLogit = lanes(
    logits + offsetOf(labels, 0),
    row1 + offsetOf(labels, 1),
    row2 + offsetOf(labels, 2),
    row3 + offsetOf(labels, 3),
  );
  const sumExp = f32x4.add(others, exp(f32x4.sub(labelLogit, shift)));
  const less1 = v128.bitselect(
    others,
    f32x4.sub(sumExp, f32x4.splat(1)),
    f32x4.eq(labelLogit, shift),
  );
  v128.store(loss, f32x4.add(log1p(less1), f32x4.sub(shift, labelLogit)));
  v128.store(shiftOut, shift);
  v128.store(sumExpOut, sumExp);
  v128.store(othersOut, others);
}

/** exp(x - shift) of class j in each row, 0 where it is the label. */
function otherExp(x: v128, shift: v128, label: v128, j: v128): v128 {
  return v128.andnot(exp(f32x4.sub(x, shift)), i32x4.eq(label, j));
}

/** The four numbers at these addresses. */
function lanes(at0: usize, at1: usize, at2: usize, at3: usize): v128 {
  let four = v128.load32_zero(at0);
  four = v128.load_lane<f32>(at1, four, 1);
  four = v128.load_lane<f32>(at2, four, 2);
  return v128.load_lane<f32>(at3, four, 3);
}

/** Of the label of one of the four rows, in bytes from its row's begin. */
function offsetOf(labels: usize, row: usize): usize {
  return (<usize>load<i32>(labels + (row << 2))) << 2;
}

/** a0 b0 a1 b1 */
function lowPairs(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 0, 4, 1, 5);
}

/** a2 b2 a3 b3 */
function highPairs(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 2, 6, 3, 7);
}

/** a0 a1 b0 b1 */
function lowHalves(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 0, 1, 4, 5);
}

/** a2 a3 b2 b3 */
function highHalves(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 2, 3, 6, 7);
}
