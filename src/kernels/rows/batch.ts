/**
 * Loss and Grad of a whole batch in JavaScript, row by row: the cpu backend, and where webgl and wasm
 * cannot run code of their own.
 *
 * The rows of an ignored label are 0. A label outside [0, classes) reads no neighbour's logit: its
 * row is NaN, for backends that do not refuse it before.
 */
import type {TensorInfo} from '@tensorflow/tfjs-core';

import type {
  SparseSoftmaxCrossEntropyGradAttrs,
  SparseSoftmaxCrossEntropyLossAttrs,
} from '../../kernel_names';
import {rowGrad} from './row_grad';
import {rowLoss, type RowLosses} from './row_loss';

/** Logits [batch, numClasses] in one array, and a label for each row. */
export interface Batch {
  readonly logits: Float32Array;
  readonly labels: Int32Array;
  readonly numClasses: number;
}

/** Two numbers a row. The last dimension tells them from what other backends hand on. */
export function rowStatisticsShape(labels: TensorInfo): number[] {
  return [...labels.shape, 2, 1];
}

export function lossOfRows(
  {logits, labels, numClasses}: Batch,
  {ignoreClass, labelSmoothing = 0}: SparseSoftmaxCrossEntropyLossAttrs,
): RowLosses {
  const batch = labels.length;
  const out = {loss: new Float32Array(batch), statistics: new Float32Array(2 * batch)};
  for (let row = 0; row < batch; row++) {
    const label = labels[row];
    if (label === ignoreClass) continue;
    if (label >= 0 && label < numClasses) {
      const begin = row * numClasses;
      rowLoss(logits, begin, begin + numClasses, label, labelSmoothing, row, out);
    } else {
      out.loss[row] = NaN;
    }
  }
  return out;
}

export function gradOfRows(
  dy: Float32Array,
  {logits, labels, numClasses}: Batch,
  statistics: Float32Array,
  {ignoreClass, labelScale = 1, uniformScale = 0}: SparseSoftmaxCrossEntropyGradAttrs,
): Float32Array {
  const out = new Float32Array(logits.length);
  const scales = {labelScale, uniformScale};
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row];
    if (label === ignoreClass) continue;
    const begin = row * numClasses;
    const end = begin + numClasses;
    if (label >= 0 && label < numClasses) {
      rowGrad(dy[row], logits, begin, end, label, scales, row, statistics, out);
    } else {
      out.fill(NaN, begin, end);
    }
  }
  return out;
}
