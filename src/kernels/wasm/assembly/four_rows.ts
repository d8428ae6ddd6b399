/**
 * Four rows together, for few classes: a lane to a row, so nothing is summed across lanes and
 * no lane is idle. The derivations are those of row_loss.ts and row_grad.ts.
 */
import {exp} from './exp';
import {log1p} from './log1p';

/** Pointers to the first of the four rows; `stride` is a row's bytes. */
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
  const end = logits + stride;
  let shift = f32x4.splat(-Infinity);
  for (let at = logits; at < end; at += 4) shift = f32x4.pmax(shift, column(at, stride));

  const label = v128.load(labels);
  let j = i32x4.splat(0);
  let others = f32x4.splat(0);
  for (let at = logits; at < end; at += 4) {
    const e = exp(f32x4.sub(column(at, stride), shift));
    others = f32x4.add(others, v128.andnot(e, i32x4.eq(label, j)));
    j = i32x4.add(j, i32x4.splat(1));
  }

  const labelLogit = atLabels(logits, stride, labels);
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

export function fourGrads(
  dyIn: usize,
  logits: usize,
  numClasses: i32,
  labels: usize,
  shiftIn: usize,
  sumExpIn: usize,
  othersIn: usize,
  labelScale: f32,
  uniformScale: f32,
  out: usize,
): void {
  const stride = (<usize>numClasses) << 2;
  const end = logits + stride;
  const dy = v128.load(dyIn);
  const shift = v128.load(shiftIn);
  const sumExp = v128.load(sumExpIn);
  const scale = f32x4.div(dy, sumExp);
  const c = f32x4.mul(dy, f32x4.splat(uniformScale));
  for (let at = logits, to = out; at < end; at += 4, to += 4) {
    const e = exp(f32x4.sub(column(at, stride), shift));
    const four = f32x4.sub(f32x4.mul(e, scale), c);
    v128.store_lane<f32>(to, four, 0);
    v128.store_lane<f32>(to + stride, four, 1);
    v128.store_lane<f32>(to + 2 * stride, four, 2);
    v128.store_lane<f32>(to + 3 * stride, four, 3);
  }

  let atLabel = f32x4.mul(f32x4.splat(-labelScale), f32x4.div(v128.load(othersIn), sumExp));
  if (labelScale != 1) {
    const p = f32x4.div(exp(f32x4.sub(atLabels(logits, stride, labels), shift)), sumExp);
    atLabel = f32x4.add(atLabel, f32x4.mul(f32x4.splat(1 - labelScale), p));
  }
  atLabel = f32x4.mul(dy, f32x4.sub(atLabel, f32x4.splat(uniformScale)));
  v128.store_lane<f32>(out + ofLabel(labels, 0), atLabel, 0);
  v128.store_lane<f32>(out + stride + ofLabel(labels, 1), atLabel, 1);
  v128.store_lane<f32>(out + 2 * stride + ofLabel(labels, 2), atLabel, 2);
  v128.store_lane<f32>(out + 3 * stride + ofLabel(labels, 3), atLabel, 3);
}

/** The logit at `at` and the three below it. */
function column(at: usize, stride: usize): v128 {
  let four = v128.load32_zero(at);
  four = v128.load_lane<f32>(at + stride, four, 1);
  four = v128.load_lane<f32>(at + 2 * stride, four, 2);
  return v128.load_lane<f32>(at + 3 * stride, four, 3);
}

function atLabels(logits: usize, stride: usize, labels: usize): v128 {
  let four = v128.load32_zero(logits + ofLabel(labels, 0));
  four = v128.load_lane<f32>(logits + stride + ofLabel(labels, 1), four, 1);
  four = v128.load_lane<f32>(logits + 2 * stride + ofLabel(labels, 2), four, 2);
  return v128.load_lane<f32>(logits + 3 * stride + ofLabel(labels, 3), four, 3);
}

/** Of the label of one of the four rows, in bytes from its row's begin. */
function ofLabel(labels: usize, row: usize): usize {
  return (<usize>load<i32>(labels + (row << 2))) << 2;
}
