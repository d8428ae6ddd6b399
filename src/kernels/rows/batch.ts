/**
 * Loss and Grad of a whole batch in JavaScript, row by row: for the cpu backend, and for others
 * where they cannot run their own code.
 *
 * The row of an ignored label is 0. The row of a label outside [0, classes) is NaN, for backends
 * that do not refuse it before.
 */
import type {TensorInfo} from '@tensorflow/tfjs-core';

import type {GradAttrs, LossAttrs} from '../define_kernels';
import {rowGrad} from './row_grad';
import {type Batch, rowLoss, type RowLosses} from './row_loss';

export type {Batch};

/** The shape of the statistics, shift and sumExp of each row. */
export function rowStatisticsShape(labels: TensorInfo): number[] {
  return [...labels.shape, 2];
}

export function lossOfRows(batch: Batch, attrs: LossAttrs): RowLosses {
  const {labels, numClasses} = batch;
  const {ignoreClass} = attrs;
  const out = {
    loss: new Float32Array(labels.length),
    statistics: new Float32Array(2 * labels.length),
  };
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row];
    if (label === ignoreClass) continue;
    if (label >= 0 && label < numClasses) {
      rowLoss(batch, row, attrs, out);
    } else {
      out.loss[row] = NaN;
    }
  }
  return out;
}

export function gradOfRows(
  dy: Float32Array,
  batch: Batch,
  statistics: Float32Array,
  attrs: GradAttrs,
): Float32Array {
  const {logits, labels, numClasses} = batch;
  const {ignoreClass} = attrs;
  const dfeatures = new Float32Array(logits.length);
  // Field by field: V8 reads the fields of {...batch} slowly, here for each row.
  const rows = {logits, labels, numClasses, dy, statistics, dfeatures};
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row];
    if (label === ignoreClass) continue;
    if (label >= 0 && label < numClasses) {
      rowGrad(rows, row, attrs);
    } else {
      dfeatures.fill(NaN, row * numClasses, (row + 1) * numClasses);
    }
  }
  return dfeatures;
}
