// The rows of digits.csv as tensors, in Node and in the browser.
import * as tf from '@tensorflow/tfjs';

const TRAIN_ROWS = 1437;
const PIXELS = 64;
const MAX_PIXEL = 16;

/** Returns `{train, test}`, each `{images: float32 [n, 64] in 0..1, labels: int32 [n]}`. */
export function parseDigits(csv) {
  const lines = csv.trim().split('\n');
  const rows = lines.map((line) => line.split(',').map(Number));
  // Not shuffled: the file goes form by form, so nearly all test rows are from unseen forms.
  return {
    train: toTensors(rows.slice(0, TRAIN_ROWS)),
    test: toTensors(rows.slice(TRAIN_ROWS)),
  };
}

// A row is 64 pixels, 0 to 16, and then the digit that they show.
function toTensors(rows) {
  const pixels = rows.map((row) => row.slice(0, PIXELS).map((value) => value / MAX_PIXEL));
  const digits = rows.map((row) => row[PIXELS]);
  return {images: tf.tensor2d(pixels), labels: tf.tensor1d(digits, 'int32')};
}
