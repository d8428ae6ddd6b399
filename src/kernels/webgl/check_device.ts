import {env, type TensorInfo} from '@tensorflow/tfjs-core';
import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

import {InvalidArgumentError} from '../../errors';

/** Up to here every integer is a number of that precision; the next, one more, is not. */
const MAX_CLASSES = {float32: 2 ** 24, halfFloat: 2 ** 11};

/**
 * tf.js keeps int32 tensors in float textures. Where a float cannot hold a label, it has silently
 * become its neighbour before any kernel could look at it.
 */
export function checkClassIds(numClasses: number, ignoreClass = -1): void {
  const precision = env().getBool('WEBGL_RENDER_FLOAT32_ENABLED') ? 'float32' : 'halfFloat';
  const max = MAX_CLASSES[precision];
  if (numClasses <= max && Math.abs(ignoreClass) <= max) return;
  const subject =
    numClasses > max
      ? `\`logits\` have ${numClasses} classes`
      : `\`ignoreClass\` is ${ignoreClass}`;
  const floats = precision === 'float32' ? 'floats' : 'half floats';
  throw new InvalidArgumentError(
    `${subject}, but this device's WebGL keeps tensors as ${floats}, ` +
      `which tell only ${max} classes apart. Use another backend for them, as ` +
      "await tf.setBackend('cpu').",
  );
}

/** A lost context draws nothing and reads as zeros, which a loss must never be taken for. */
export function checkContext(webgl: MathBackendWebGL, inputs: TensorInfo[]): void {
  const isOnGpu = inputs.some(({dataId}) => webgl.texData.get(dataId).texture != null);
  if (isOnGpu && webgl.getGPGPUContext().gl.isContextLost()) {
    throw new Error(
      'The WebGL context was lost, and every tensor on it: the GPU was reset or ran out of memory. ' +
        'Reload the page, or make the backend anew with tf.removeBackend and tf.registerBackend.',
    );
  }
}
