/**
 * Grad of a whole batch in the heap of tf.js's own module, like gradOfRows in rows/batch.ts.
 * rows/row_grad.ts has the derivation:
 *
 *   dfeatures[j] = a p[j] - b (j == y) - c,     p[j] = exp(x[j] - shift) / sumExp
 *   dfeatures[y] = (a - b) p[y] - b sumOfOthers / sumExp - c
 *
 *   a = dy (1 + 2 zLoss lse),   lse = shift + log(sumExp)
 *   b = labelScale dy
 *   c = uniformScale dy
 *
 * The label's entry is written last, over the loop's.
 *
 * As in loss.ts, each address and attribute is a separate argument. labelsFit and addOptions are
 * exported here because the module of loss.ts has no room for them.
 */
import {expOf} from './exp';
import {logOf} from './options';
import {fillRow, writeScaledExp} from './row_grad';

export {labelsFit} from './labels';
export {addOptions} from './options';

/** A label outside [0, numClasses) that is not ignored makes its row NaN. */
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
  zLoss: f64,
  dfeatures: usize,
): void {
  const stride = (<usize>batch) << 2;
  const rowSize = (<usize>numClasses) << 2;
  const end = labels + stride;
  for (; labels < end; labels += 4, dy += 4, statistics += 4) {
    const label = load<i32>(labels);
    if (<f64>label == ignoreClass) {
      fillRow(0, numClasses, dfeatures);
    } else if (<u32>label >= <u32>numClasses) {
      fillRow(NaN, numClasses, dfeatures);
    } else {
      const dyOfRow = load<f32>(dy);
      const shift = load<f32>(statistics);
      const sumExp = load<f32>(statistics + stride);
      const sumOfOthers = load<f32>(statistics + 2 * stride);
      // Without a z-loss, no logarithm. A uniformScale of 0 makes no NaN of an infinite dy.
      const scale = zLoss == 0 ? <f32>1 : <f32>(1 + 2 * zLoss * (<f64>shift + logOf(sumExp)));
      const c = uniformScale == 0 ? <f32>0 : uniformScale * dyOfRow;
      writeScaledExp(logits, logits + rowSize, shift, (dyOfRow * scale) / sumExp, c, dfeatures);
      const offset = (<usize>label) << 2;
      const labelExp = scale == labelScale ? <f32>0 : expOf(load<f32>(logits + offset) - shift);
      store<f32>(
        dfeatures + offset,
        dyOfRow *
          ((scale - labelScale) * (labelExp / sumExp) -
            labelScale * (sumOfOthers / sumExp) -
            uniformScale),
      );
    }
    logits += rowSize;
    dfeatures += rowSize;
  }
}
