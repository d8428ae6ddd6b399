import {engine, type TensorInfo} from '@tensorflow/tfjs-core';

import {checkLabelValues} from '../check_label_values';

/**
 * What a backend refuses that holds labels in main memory: one outside [0, numClasses) that is not
 * ignored. The engine reads them, since they may still be on the backend that made them.
 */
export function refuseLabels(labels: TensorInfo, numClasses: number, ignoreClass?: number): void {
  const values = engine().readSync(labels.dataId) as Int32Array | Float32Array;
  checkLabelValues(values, numClasses, ignoreClass);
}
