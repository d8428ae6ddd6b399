import {engine, tensor1d, type Tensor, tensor, type TensorInfo} from '@tensorflow/tfjs-core';

import {refuseLabels} from '../../arguments/labels';

/** The labels of a batch as TensorFlow's ops can take them, and which of them count. */
export interface CountedRows {
  /** [batch], in [0, numClasses): an ignored label is 0 here, wherever it was. */
  readonly labels: Int32Array;
  /** Whether each row counts; undefined where all do. */
  readonly counts?: Uint8Array;
}

/**
 * Reads the labels, which are in main memory.
 *
 * @throws InvalidArgumentError for a label outside [0, numClasses) that is not ignored: repeated for
 *     callers who bypass the op.
 */
export function countedRows(
  labels: TensorInfo,
  numClasses: number,
  ignoreClass?: number,
): CountedRows {
  const classIds = engine().readSync(labels.dataId) as Int32Array;
  refuseLabels(labels, numClasses, ignoreClass);
  if (ignoreClass === undefined || !classIds.includes(ignoreClass)) return {labels: classIds};
  return {
    labels: classIds.map((label) => (label === ignoreClass ? 0 : label)),
    counts: Uint8Array.from(classIds, (label) => (label === ignoreClass ? 0 : 1)),
  };
}

/** bool of a shape that has as many elements as there are rows. */
export function maskOf(counts: Uint8Array, shape: number[]): Tensor {
  return tensor(counts, shape, 'bool');
}

export function labelsOf({labels}: CountedRows): Tensor {
  return tensor1d(labels, 'int32');
}
