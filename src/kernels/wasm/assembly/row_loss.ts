/**
 * The loss of one row and the statistics from which `row_grad.ts` rebuilds its softmax, four logits
 * at a time. The derivation is that of rows/row_loss.ts. float32 has no room for the exps of an
 * arbitrary shift, so here it is always the row's largest logit:
 *
 *   others = sum_{j != y} exp(x[j] - shift),   sumExp = others + exp(x[y] - shift)
 *   loss = log(sumExp) + (shift - x[y])
 *
 * Where the label has the largest logit, sumExp is 1 + others, and log1p(others) keeps a loss so
 * tiny that float32 has no 1 + others.
 *
 * The statistics are three numbers: shift, sumExp and others, of which the label's own entry of the
 * gradient is made without a sum of its own.
 */
import {exp, expOf} from './exp';
import {log1p} from './log1p';

/**
 * Lanes in float32 sum up so many bytes of logits, 64 to a lane; blocks are summed in float64. Where all
 * are the same, all additions of a lane may round the same way: 256 of them would be off by 2e-6.
 */
const BLOCK: usize = 1024;

/** Pointers to one row's number of each. */
export function rowLoss(
  logits: usize,
  numClasses: i32,
  label: i32,
  labelSmoothing: f64,
  loss: usize,
  statistics: usize,
  size: usize,
): void {
  const end = logits + ((<usize>numClasses) << 2);
  const at = logits + ((<usize>label) << 2);
  const labelLogit = load<f32>(at);
  const shift = largestOf(logits, end);
  const others = sumOfExp(logits, at, shift) + sumOfExp(at + 4, end, shift);
  const sumExp = others + <f64>expOf(labelLogit - shift);
  const less1 = labelLogit == shift ? others : sumExp - 1;
  const logSumExp = <f64>f32x4.extract_lane(log1p(f32x4.splat(<f32>less1)), 0);
  const labelLoss = logSumExp + (<f64>shift - <f64>labelLogit);
  store<f32>(statistics, shift);
  store<f32>(statistics + size, <f32>sumExp);
  store<f32>(statistics + 2 * size, <f32>others);
  store<f32>(
    loss,
    <f32>(
      (labelSmoothing == 0
        ? labelLoss
        : smoothed(
            labelLoss,
            logSumExp + (<f64>shift - meanOf(logits, end, numClasses)),
            labelSmoothing,
          ))
    ),
  );
}

/** With a smoothing of 1 the label has no share, and 0 times its Infinity would be NaN. */
function smoothed(labelLoss: f64, uniformLoss: f64, labelSmoothing: f64): f64 {
  const labelShare = labelSmoothing == 1 ? 0 : (1 - labelSmoothing) * labelLoss;
  return labelShare + labelSmoothing * uniformLoss;
}

/** The largest logit; may pass over NaN, which the sum then meets. */
function largestOf(begin: usize, end: usize): f32 {
  let four = f32x4.splat(-Infinity);
  let at = begin;
  for (; at + 16 <= end; at += 16) four = f32x4.pmax(four, v128.load(at));
  let largest = <f32>-Infinity;
  for (; at < end; at += 4) largest = larger(largest, load<f32>(at));
  largest = larger(largest, f32x4.extract_lane(four, 0));
  largest = larger(largest, f32x4.extract_lane(four, 1));
  largest = larger(largest, f32x4.extract_lane(four, 2));
  return larger(largest, f32x4.extract_lane(four, 3));
}

function larger(a: f32, b: f32): f32 {
  return b > a ? b : a;
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
  // Up to three logits are left, the last lanes of the four before `end`. What stands before
  // `begin` is memory too, if not of this row.
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

/** In float64, whose sums neither overflow nor lose what an offset of 1e6 leaves. */
function meanOf(begin: usize, end: usize, numClasses: i32): f64 {
  let two = f64x2.splat(0);
  let at = begin;
  for (; at + 8 <= end; at += 8) {
    two = f64x2.add(two, f64x2.promote_low_f32x4(v128.load64_zero(at)));
  }
  let sum = f64x2.extract_lane(two, 0) + f64x2.extract_lane(two, 1);
  if (at < end) sum += <f64>load<f32>(at);
  return sum / <f64>numClasses;
}
