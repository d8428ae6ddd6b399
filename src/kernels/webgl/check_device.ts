import {env} from '@tensorflow/tfjs-core';
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

type GPGPUContext = ReturnType<MathBackendWebGL['getGPGPUContext']>;

/** Which of tf.js's contexts have lost their textures and programs. */
const losses = new WeakMap<GPGPUContext, {isLost: boolean}>();

/**
 * A lost context draws nothing and reads as zeros, which must not be taken for a loss. Browsers
 * restore contexts by themselves: from then on `isContextLost()` is false, but what tf.js made is
 * gone for good. So the loss is remembered.
 */
export function checkDevice(webgl: MathBackendWebGL): void {
  const gpgpu = webgl.getGPGPUContext();
  let state = losses.get(gpgpu);
  if (state === undefined) {
    state = watch(gpgpu);
    losses.set(gpgpu, state);
  }
  if (!state.isLost && !gpgpu.gl.isContextLost()) return;
  throw new Error(
    'The WebGL context was lost, and every tensor on it: the GPU was reset or ran out of memory. ' +
      "Reload the page, or make the backend anew with tf.removeBackend('webgl') and " +
      'tf.registerBackend.',
  );
}

function watch({gl, vertexBuffer}: GPGPUContext): {isLost: boolean} {
  // tf.js makes this buffer first of all. It is invalid if the context was lost and restored
  // before.
  const state = {isLost: !gl.isBuffer(vertexBuffer)};
  const canvas = gl.canvas as EventTarget | undefined; // React Native has none.
  canvas?.addEventListener('webglcontextlost', () => (state.isLost = true));
  return state;
}
