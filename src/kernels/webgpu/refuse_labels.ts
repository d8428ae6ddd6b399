import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';

import {checkLabelValues} from '../../arguments/labels';

/**
 * Labels stay in main memory until their first upload, where a check costs next to nothing. On the
 * GPU they are not looked at: reading them back would stop it.
 *
 * @throws InvalidArgumentError for a label in main memory outside [0, numClasses), if not ignored.
 */
export function refuseLabelsInMemory(
  webgpu: WebGPUBackend,
  {dataId, shape}: TensorInfo,
  numClasses: number,
  ignoreClass?: number,
): void {
  const {values} = webgpu.tensorMap.get(dataId);
  if (values == null) return;
  checkLabelValues(values as Int32Array | Float32Array, shape, numClasses, ignoreClass);
}
