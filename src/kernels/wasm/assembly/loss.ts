/**
 * Loss of a whole batch in the heap of tf.js's own module, like lossOfRows in rows/batch.ts.
 * options.ts adds label smoothing and z-loss. The module has no data, no stack and no allocation in
 * that heap, so each address is a separate argument.
 */
import {fourLosses} from './four_losses';
import {anyIgnored} from './labels';
import {rowLoss} from './row_loss';

/** Up to so many classes, four rows at once are faster than one after the other. */
const FEW_CLASSES: i32 = 256;

/**
 * Labels that are not ignored must be in [0, numClasses). `ignoreClass` is NaN, which equals no
 * label, if no label is ignored. The statistics are three rows of `batch` numbers: shift, sumExp
 * and sumOfOthers.
 */
export function loss(
  logits: usize,
  labels: usize,
  batch: i32,
  numClasses: i32,
  ignoreClass: f64,
  losses: usize,
  statistics: usize,
): void {
  const few = numClasses <= FEW_CLASSES;
  const ignores = ignoreClass == ignoreClass;
  const stride = (<usize>batch) << 2;
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
        stride,
      )
    ) {
      row = end;
      continue;
    }
    for (; row < end; row++, at += 4) {
      const label = load<i32>(labels + at);
      if (<f64>label == ignoreClass) {
        store<f32>(losses + at, 0);
      } else {
        const x = logits + at * <usize>numClasses;
        store<f32>(losses + at, rowLoss(x, numClasses, label, statistics + at, stride));
      }
    }
  }
}
