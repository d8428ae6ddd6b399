/**
 * Loss and Grad of a whole batch, as rows/batch.ts has them, in the heap of tf.js's own module. All
 * arguments but the sizes and the options are addresses there. Nothing else of the heap is touched:
 * there is no data, no stack and no allocation of this module in it.
 */
import {fourLosses} from './four_losses';
import {anyIgnored} from './labels';
import {fillRow, rowGrad} from './row_grad';
import {rowLoss} from './row_loss';

export {labelsFit} from './labels';

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
  const few = numClasses <= FEW_CLASSES && labelSmoothing == 0;
  const ignores = ignoreClass == ignoreClass; // NaN, which equals nothing, stands for no ignoreClass.
  const size = (<usize>batch) << 2;
  let row = 0;
  for (; few && row + 4 <= batch; row += 4) {
    const at = (<usize>row) << 2;
    const isDone =
      !(ignores && anyIgnored(v128.load(labels + at), ignoreClass)) &&
      fourLosses(
        logits + at * <usize>numClasses,
        numClasses,
        labels + at,
        losses + at,
        statistics + at,
        statistics + at + size,
        statistics + at + 2 * size,
      );
    if (isDone) continue;
    const end = row + 4;
    rowLosses(logits, labels, row, end, batch, numClasses, ignoreClass, 0, losses, statistics);
  }
  rowLosses(
    logits,
    labels,
    row,
    batch,
    batch,
    numClasses,
    ignoreClass,
    labelSmoothing,
    losses,
    statistics,
  );
}

/** The rows from `begin` to `end` (excluded), one by one. */
function rowLosses(
  logits: usize,
  labels: usize,
  begin: i32,
  end: i32,
  batch: i32,
  numClasses: i32,
  ignoreClass: f64,
  labelSmoothing: f64,
  losses: usize,
  statistics: usize,
): void {
  const size = (<usize>batch) << 2;
  for (let row = begin; row < end; row++) {
    const at = (<usize>row) << 2;
    const label = load<i32>(labels + at);
    if (<f64>label == ignoreClass) {
      store<f32>(losses + at, 0);
    } else {
      rowLoss(
        logits + at * <usize>numClasses,
        numClasses,
        label,
        labelSmoothing,
        losses + at,
        statistics + at,
        statistics + at + size,
        statistics + at + 2 * size,
      );
    }
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
