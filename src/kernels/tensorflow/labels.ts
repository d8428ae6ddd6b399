/** Labels for TensorFlow's ops, which throw for a label that is no class. */
import {tensor2d, type Tensor} from '@tensorflow/tfjs-core';

export interface Labels {
  /** Every one in [0, numClasses). It is 0 in the rows of `fixed`. */
  readonly classIds: Int32Array;
  readonly fixed?: FixedRows;
}

/** Rows whose results do not depend on their logits. */
interface FixedRows {
  /** bool [batch, 1]. */
  readonly isFixed: Tensor;
  /** float32 [batch, 1]: 0 for an ignored label, NaN for another that is no class. */
  readonly results: Tensor;
}

export function labelsFor(labels: Int32Array, numClasses: number, ignoreClass?: number): Labels {
  const firstFixed = nextFixed(0, labels, numClasses, ignoreClass);
  if (firstFixed === labels.length) return {classIds: labels};
  const classIds = labels.slice();
  const isFixed = new Uint8Array(labels.length);
  const results = new Float32Array(labels.length);
  let row = firstFixed;
  while (row < labels.length) {
    classIds[row] = 0;
    isFixed[row] = 1;
    results[row] = labels[row] === ignoreClass ? 0 : NaN;
    row = nextFixed(row + 1, labels, numClasses, ignoreClass);
  }
  const column: [number, number] = [labels.length, 1];
  return {
    classIds,
    fixed: {isFixed: tensor2d(isFixed, column, 'bool'), results: tensor2d(results, column)},
  };
}

/** The first row from `row` on whose label is ignored or no class; or else the batch size. */
function nextFixed(
  row: number,
  labels: Int32Array,
  numClasses: number,
  ignoreClass?: number,
): number {
  while (row < labels.length && labels[row] >>> 0 < numClasses && labels[row] !== ignoreClass)
    row++;
  return row;
}
