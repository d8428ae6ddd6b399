/**
 * Loss and Grad of a whole batch, as rows/batch.ts has them, in the heap of tf.js's own module. All
 * arguments but the sizes and the options are addresses there. Nothing else of the heap is touched:
 * there is no data, no stack and no allocation of this module in it.
 *
 * `ignoreClass` is NaN where every label counts: no label is equal to it.
 */
import {fourLosses} from './four_losses';
import {fillRow, rowGrad} from './row_grad';
import {rowLoss} from './row_loss';

/** Up to so many classes four rows together are faster than one after the other. */
const FEW_CLASSES: i32 = 256;

/** The labels that count are in [0, numClasses). `statistics` is [3, batch]: shift, sumExp, others. */
export function loss(
  logits: usize,
  labels: usize,
  batch: i32,
  numClasses: i32,
  ignoreClass: f64,
  labelSmoothing: f64,
  losses: usize,
  statistics: usize,
): void {
  const sumExps = statistics + ((<usize>batch) << 2);
  const others = sumExps + ((<usize>batch) << 2);
  const few = numClasses <= FEW_CLASSES && labelSmoothing == 0;
  let row = 0;
  while (row < batch) {
    const at = (<usize>row) << 2;
    const x = logits + at * <usize>numClasses;
    if (few && row + 4 <= batch && fourCount(labels + at, numClasses, ignoreClass)) {
      fourLosses(
        x,
        numClasses,
        labels + at,
        losses + at,
        statistics + at,
        sumExps + at,
        others + at,
      );
      row += 4;
      continue;
    }
    const label = load<i32>(labels + at);
    if (<f64>label == ignoreClass) {
      store<f32>(losses + at, 0);
    } else {
      rowLoss(
        x,
        numClasses,
        label,
        labelSmoothing,
        losses + at,
        statistics + at,
        sumExps + at,
        others + at,
      );
    }
    row++;
  }
}

/** A label outside [0, numClasses) that counts makes its row NaN. */
export function grad(
  dy: usize,
  logits: usize,
  labels: usize,
  statistics: usize,
  batch: i32,
  numClasses: i32,
  ignoreClass: f64,
  labelScale: f32,
  uniformScale: f32,
  out: usize,
): void {
  const sumExps = statistics + ((<usize>batch) << 2);
  const others = sumExps + ((<usize>batch) << 2);
  for (let row = 0; row < batch; row++) {
    const at = (<usize>row) << 2;
    const x = logits + at * <usize>numClasses;
    const to = out + at * <usize>numClasses;
    const label = load<i32>(labels + at);
    if (<f64>label == ignoreClass) {
      fillRow(0, numClasses, to);
    } else if (<u32>label >= <u32>numClasses) {
      fillRow(NaN, numClasses, to);
    } else {
      rowGrad(
        load<f32>(dy + at),
        x,
        numClasses,
        label,
        load<f32>(statistics + at),
        load<f32>(sumExps + at),
        load<f32>(others + at),
        labelScale,
        uniformScale,
        to,
      );
    }
  }
}

/** Whether none of four labels is ignored or outside [0, numClasses). */
function fourCount(labels: usize, numClasses: i32, ignoreClass: f64): bool {
  for (let lane: usize = 0; lane < 16; lane += 4) {
    const label = load<i32>(labels + lane);
    if (<f64>label == ignoreClass || <u32>label >= <u32>numClasses) return false;
  }
  return true;
}
