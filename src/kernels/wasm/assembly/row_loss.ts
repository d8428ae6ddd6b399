/**
 * The loss of one row, and the statistics from which grad.ts rebuilds its softmax, four logits at a
 * time. exps of an arbitrary shift may overflow float32. So the shift is always the row's largest
 * logit, unlike in rows/row_loss.ts:
 *
 *   sumOfOthers = sum_{j != y} exp(x[j] - shift),   sumExp = sumOfOthers + exp(x[y] - shift)
 *   loss = log(sumExp) + (shift - x[y])
 *
 * If the label has the largest logit, sumExp is 1 + sumOfOthers, and log1p(sumOfOthers) keeps a
 * loss that 1 + sumOfOthers would round away.
 *
 * grad.ts computes the label's entry of the gradient from sumOfOthers, without another sum.
 */
import {exp, expOf} from './exp';
import {log1p} from './log1p';

/**
 * A block is summed in float32 and has so many bytes of logits, 64 to a lane. Blocks are added in
 * float64. If all terms are equal, all additions of a lane may round the same way: 256 of them
 * would be wrong by 2e-6.
 */
const BLOCK: usize = 1024;

/** Stores shift, sumExp and sumOfOthers `stride` bytes apart; returns the loss. */
export function rowLoss(
  logits: usize,
  numClasses: i32,
  label: i32,
  statistics: usize,
  stride: usize,
): f32 {
  const end = logits + ((<usize>numClasses) << 2);
  const at = logits + ((<usize>label) << 2);
  const labelLogit = load<f32>(at);
  const shift = largestOf(logits, end);
  const sumOfOthers = sumOfExp(logits, at, shift) + sumOfExp(at + 4, end, shift);
  const sumExp = sumOfOthers + <f64>expOf(labelLogit - shift);
  store<f32>(statistics, shift);
  store<f32>(statistics + stride, <f32>sumExp);
  store<f32>(statistics + 2 * stride, <f32>sumOfOthers);
  const sumExpLess1 = <f32>(labelLogit == shift ? sumOfOthers : sumExp - 1);
  const logSumExp = <f64>f32x4.extract_lane(log1p(f32x4.splat(sumExpLess1)), 0);
  return <f32>(logSumExp + (<f64>shift - <f64>labelLogit));
}

/** The largest logit. It may or may not be NaN if one of them is; the sum is NaN in any case. */
function largestOf(begin: usize, end: usize): f32 {
  let four = f32x4.splat(-Infinity);
  let at = begin;
  for (; at + 16 <= end; at += 16) four = f32x4.pmax(four, v128.load(at));
  let largest = max(
    max(f32x4.extract_lane(four, 0), f32x4.extract_lane(four, 1)),
    max(f32x4.extract_lane(four, 2), f32x4.extract_lane(four, 3)),
  );
  for (; at < end; at += 4) largest = max(largest, load<f32>(at));
  return largest;
}

/** The sum of exp(x - shift) over the logits x from `begin` to `end`. */
function sumOfExp(begin: usize, end: usize, shift: f32): f64 {
  const shifts = f32x4.splat(shift);
  let sum: f64 = 0;
  let at = begin;
  while (at + 16 <= end) {
    const blockEnd = min(at + BLOCK, end);
    let four = f32x4.splat(0);
    for (; at + 16 <= blockEnd; at += 16) {
      four = f32x4.add(four, inline.always(exp(f32x4.sub(v128.load(at), shifts))));
    }
    sum += sumOfLanes(four);
  }
  // Up to three logits are left, in the last lanes of the four numbers before `end`. The other
  // lanes may be before `begin`, so they are cleared.
  const left = (<i32>(end - at)) >> 2;
  if (left > 0) {
    const isLeft = i32x4.gt_s(i32x4(1, 2, 3, 4), i32x4.splat(4 - left));
    sum += sumOfLanes(v128.and(inline.always(exp(f32x4.sub(v128.load(end - 16), shifts))), isLeft));
  }
  return sum;
}

function sumOfLanes(four: v128): f64 {
  return (
    <f64>f32x4.extract_lane(four, 0) +
    <f64>f32x4.extract_lane(four, 1) +
    (<f64>f32x4.extract_lane(four, 2) + <f64>f32x4.extract_lane(four, 3))
  );
}
