/**
 * The losses of four rows at once, for few classes. Each row has a lane, so nothing is summed
 * across lanes and one logarithm serves four rows.
 *
 * As in rows/row_loss.ts the shift is the label's logit, which saves the pass for the largest
 * logit:
 *
 *   sumOfOthers = sum_{j != y} exp(x[j] - x[y]),   sumExp = 1 + sumOfOthers,   loss = log(sumExp)
 *
 * In float32 this works while sumOfOthers is at most MAX_SUM_OF_OTHERS, that is, while the loss is
 * below 17 nats. The further a logit is above the label's, the coarser is their difference.
 * Otherwise, and for non-finite logits, row_loss.ts computes the rows one by one.
 *
 * Blocks of 4 x 4 logits are transposed; the last few classes come one by one. A block is summed
 * before it is added to the rest, because fewer additions in a row round less.
 */
import {exp} from './exp';
import {log1p} from './log1p';

const MAX_SUM_OF_OTHERS: f32 = 16777216; // 2^24
/** Its exp is above MAX_SUM_OF_OTHERS, and still in the range of exp.ts. */
const HIGHEST: f32 = 20;

/**
 * All addresses are those of the first of the four rows. The statistics are `stride` bytes apart.
 * Writes nothing and returns false if this does not work for one of the rows.
 */
export function fourLosses(
  logits: usize,
  numClasses: i32,
  labels: usize,
  loss: usize,
  statistics: usize,
  stride: usize,
): bool {
  const rowSize = (<usize>numClasses) << 2;
  const blocks = rowSize & ~15;
  const row1 = logits + rowSize;
  const row2 = row1 + rowSize;
  const row3 = row2 + rowSize;
  const label = v128.load(labels);
  const shift = lanes(
    logits + ((<usize>i32x4.extract_lane(label, 0)) << 2),
    row1 + ((<usize>i32x4.extract_lane(label, 1)) << 2),
    row2 + ((<usize>i32x4.extract_lane(label, 2)) << 2),
    row3 + ((<usize>i32x4.extract_lane(label, 3)) << 2),
  );

  const one = i32x4.splat(1);
  let j = i32x4.splat(0);
  let sumOfOthers = f32x4.splat(0);
  for (let at: usize = 0; at < blocks; at += 16) {
    const a = v128.load(logits + at);
    const b = v128.load(row1 + at);
    const c = v128.load(row2 + at);
    const d = v128.load(row3 + at);
    const ab01 = lowPairs(a, b);
    const cd01 = lowPairs(c, d);
    const ab23 = highPairs(a, b);
    const cd23 = highPairs(c, d);
    const d0 = difference(lowHalves(ab01, cd01), shift);
    const d1 = difference(highHalves(ab01, cd01), shift);
    const d2 = difference(lowHalves(ab23, cd23), shift);
    const d3 = difference(highHalves(ab23, cd23), shift);
    const e0 = exceptLabel(inline.always(exp(d0)), label, j);
    j = i32x4.add(j, one);
    const e1 = exceptLabel(inline.always(exp(d1)), label, j);
    j = i32x4.add(j, one);
    const e2 = exceptLabel(inline.always(exp(d2)), label, j);
    j = i32x4.add(j, one);
    const e3 = exceptLabel(inline.always(exp(d3)), label, j);
    j = i32x4.add(j, one);
    sumOfOthers = f32x4.add(sumOfOthers, f32x4.add(f32x4.add(e0, e1), f32x4.add(e2, e3)));
  }
  for (let at = blocks; at < rowSize; at += 4) {
    const x = lanes(logits + at, row1 + at, row2 + at, row3 + at);
    const e = exceptLabel(inline.always(exp(difference(x, shift))), label, j);
    sumOfOthers = f32x4.add(sumOfOthers, e);
    j = i32x4.add(j, one);
  }

  // Both are false for NaN.
  const fits = v128.and(
    f32x4.le(sumOfOthers, f32x4.splat(MAX_SUM_OF_OTHERS)),
    f32x4.lt(f32x4.abs(shift), f32x4.splat(Infinity)),
  );
  if (!i32x4.all_true(fits)) return false;
  v128.store(loss, log1p(sumOfOthers));
  v128.store(statistics, shift);
  v128.store(statistics + stride, f32x4.add(sumOfOthers, f32x4.splat(1)));
  v128.store(statistics + 2 * stride, sumOfOthers);
  return true;
}

function difference(x: v128, shift: v128): v128 {
  return f32x4.pmin(f32x4.sub(x, shift), f32x4.splat(HIGHEST));
}

/** The exps of class j in four rows, 0 where it is the label. */
function exceptLabel(exps: v128, label: v128, j: v128): v128 {
  return v128.andnot(exps, i32x4.eq(label, j));
}

/** The four numbers at these addresses. */
function lanes(at0: usize, at1: usize, at2: usize, at3: usize): v128 {
  let four = v128.load32_zero(at0);
  four = v128.load_lane<f32>(at1, four, 1);
  four = v128.load_lane<f32>(at2, four, 2);
  return v128.load_lane<f32>(at3, four, 3);
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
