import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

import {checkLabelValues} from '../../arguments/labels';

/**
 * Labels stay in main memory until their first upload, where a check costs next to nothing. On the
 * GPU they are not looked at: reading them back would stop it.
 *
 * @throws InvalidArgumentError for a label in main memory outside [0, numClasses), if not ignored.
 */
export function refuseLabelsInMemory(
  webgl: MathBackendWebGL,
  {dataId, shape}: TensorInfo,
  numClasses: number,
  ignoreClass?: number,
): void {
  const {slice, values} = webgl.texData.get(dataId);
  // A slice shares the texture of its origin, and tf.js gives it the values of all of that.
  if (values == null || slice != null) return;
  checkLabelValues(values as Int32Array | Float32Array, shape, numClasses, ignoreClass);
}
