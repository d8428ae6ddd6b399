import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';

import {describeBadLabel} from '../../arguments/labels';

/**
 * Reports the first label outside [0, numClasses) to the console, with its position, once the GPU
 * has handed the labels over. To the console, as tf.js does with NaN in its debug mode: a call that
 * has returned can throw nothing any more.
 */
export async function reportLabels(
  webgpu: WebGPUBackend,
  {dataId, shape}: TensorInfo,
  numClasses: number,
  ignoreClass?: number,
): Promise<void> {
  // Labels that are lost with their device are for the kernels to report.
  const labels = await valuesOf(webgpu, dataId).catch(() => new Int32Array(0));
  const message = describeBadLabel(labels, shape, numClasses, ignoreClass);
  if (message) console.error(`${message} The loss and the gradient of its row are NaN.`);
}

/** Reads the labels as they are now. tf.js's `read` fails if they are disposed meanwhile. */
async function valuesOf(webgpu: WebGPUBackend, dataId: object): Promise<Int32Array | Float32Array> {
  const {values, resource, dtype} = webgpu.tensorMap.get(dataId);
  if (values != null) return values as Int32Array | Float32Array;
  const bytes = await webgpu.getBufferData(resource as GPUBuffer);
  return dtype === 'float32' ? new Float32Array(bytes) : new Int32Array(bytes);
}
