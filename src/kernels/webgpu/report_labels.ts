import {type TensorInfo, util} from '@tensorflow/tfjs-core';
import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';

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
  const isBad = (label: number) => label !== ignoreClass && !(label >= 0 && label < numClasses);
  const index = labels.findIndex(isBad);
  if (index < 0) return;
  const position = util.indexToLoc(index, shape.length, util.computeStrides(shape));
  console.error(
    `Received a label value of ${labels[index]} at position [${position}] which is outside the ` +
      `valid range of [0, ${numClasses}). The loss and the gradient of its row are NaN.`,
  );
}

/** Of the labels as they are now. The backend's own `read` fails if they are disposed meanwhile. */
async function valuesOf(webgpu: WebGPUBackend, dataId: object): Promise<Int32Array> {
  const {values, resource} = webgpu.tensorMap.get(dataId);
  if (values != null) return values as Int32Array;
  return new Int32Array(await webgpu.getBufferData(resource as GPUBuffer));
}
