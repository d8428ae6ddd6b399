/**
 * Loss of a whole batch in the heap of tf.js's own module, as lossOfRows of rows/batch.ts. All
 * arguments except sizes and attrs are addresses there. The module has no data, no stack and no
 * allocation in that heap.
 */
import {fourLosses} from './four_losses';
import {anyIgnored} from './labels';
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
  const few = numClasses <= FEW_CLASSES && labelSmoothing == 0;
  const ignores = ignoreClass == ignoreClass; // NaN, which equals nothing, stands for no ignoreClass.
  const size = (<usize>batch) << 2;
  let row = 0;
  while (row < batch) {
    const end = min(row + 4, batch);
    let at = (<usize>row) << 2;
    if (
      few &&
      row + 4 <= batch &&
      !(ignores && anyIgnored(v128.load(labels + at), ignoreClass)) &&
      fourLosses(
        logits + at * <usize>numClasses,
        numClasses,
        labels + at,
        losses + at,
        statistics + at,
        size,
      )
    ) {
      row = end;
      continue;
    }
    for (; row < end; row++, at += 4) {
      const label = load<i32>(labels + at);
      if (<f64>label == ignoreClass) {
        store<f32>(losses + at, 0);
        continue;
      }
      rowLoss(
        logits + at * <usize>numClasses,
        numClasses,
        label,
        labelSmoothing,
        losses + at,
        statistics + at,
        size,
      );
    }
  }
}
