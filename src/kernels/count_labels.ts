import {engine, type TensorInfo} from '@tensorflow/tfjs-core';

/** How many labels are not `ignoreClass`, for backends that hold labels in main memory. */
export function countLabels(labels: TensorInfo, ignoreClass: number): number {
  const values = engine().readSync(labels.dataId) as Int32Array;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== ignoreClass) count++;
  }
  return count;
}
