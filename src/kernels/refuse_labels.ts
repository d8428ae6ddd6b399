import {engine, env, type TensorInfo} from '@tensorflow/tfjs-core';

import {checkLabelValues, firstBadLabel} from '../check_label_values';
import {InvalidArgumentError} from '../errors';

/**
 * What a backend refuses that holds labels in main memory: one outside [0, numClasses) that is not
 * ignored. The engine reads them, since they may still be on the backend that made them.
 */
export function refuseLabels(labels: TensorInfo, numClasses: number, ignoreClass?: number): void {
  const values = engine().readSync(labels.dataId) as Int32Array | Float32Array;
  checkLabelValues(values, numClasses, ignoreClass);
}

/**
 * What a backend refuses in debug mode that holds labels on a GPU. Reading them stops the GPU until
 * they have come, so only those wait who have asked for it by `tf.enableDebugMode()`.
 *
 * @throws InvalidArgumentError for the first label outside [0, numClasses), and where it is.
 */
export function refuseLabelsInDebugMode(
  labels: TensorInfo,
  numClasses: number,
  ignoreClass?: number,
): void {
  if (!env().getBool('DEBUG')) return;
  const values = engine().readSync(labels.dataId) as Int32Array | Float32Array;
  const message = firstBadLabel(values, labels.shape, numClasses, ignoreClass);
  if (message) throw new InvalidArgumentError(message);
}
