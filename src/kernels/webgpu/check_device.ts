/** Refuses a lost device, and tensors beyond the limits of a device. */
import {util} from '@tensorflow/tfjs-core';
import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';

import {InvalidArgumentError} from '../../errors';

/** Why each device was lost, or undefined while it was not. */
const losses = new WeakMap<GPUDevice, GPUDeviceLostInfo | undefined>();

/**
 * tf.js goes on with a lost device as if nothing had happened: what it then returns was never
 * computed, and reading it fails without a word of the device.
 */
export function checkDevice({device}: WebGPUBackend): void {
  if (!losses.has(device)) {
    losses.set(device, undefined);
    void device.lost.then((info) => losses.set(device, info));
  }
  const info = losses.get(device);
  if (info === undefined) return;
  throw new Error(
    `The WebGPU device was lost (${info.reason}: ${info.message}), and every tensor on it. Reload ` +
      "the page, or make the backend anew with tf.removeBackend('webgpu') and tf.registerBackend.",
  );
}

/**
 * A buffer beyond the limits of the device is an error that WebGPU reports when the call has long
 * returned; its tensor reads as zeros.
 *
 * @throws InvalidArgumentError with the name of the limit, for a float32 tensor of such a shape.
 */
export function checkBufferSize({device}: WebGPUBackend, shape: number[]): void {
  const bytes = 4 * util.sizeFromShape(shape);
  for (const limit of ['maxStorageBufferBindingSize', 'maxBufferSize'] as const) {
    if (bytes <= device.limits[limit]) continue;
    throw new InvalidArgumentError(
      `\`logits\` of shape [${shape}] take ${bytes} bytes, more than this device's WebGPU limit ` +
        `${limit} of ${device.limits[limit]} bytes for one tensor. Take the loss of fewer rows at a ` +
        'time.',
    );
  }
}
