/** Grad of a whole batch in the heap of tf.js's own module, as gradOfRows of rows/batch.ts. */
import {fillRow, rowGrad} from './row_grad';

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
