import {engine, env, type TensorInfo, util} from '@tensorflow/tfjs-core';

import {checkLabelValues} from '../check_label_values';
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
  const isBad = (label: number) => label !== ignoreClass && !(label >= 0 && label < numClasses);
  const index = values.findIndex(isBad);
  if (index < 0) return;
  const {shape} = labels;
  const place = util.indexToLoc(index, shape.length, util.computeStrides(shape));
  throw new InvalidArgumentError(
    `Received a label value of ${values[index]} which is outside the valid range of ` +
      `[0, ${numClasses}), at [${place.join(', ')}] of labels of shape [${shape.join(', ')}].`,
  );
}
