import {env} from '@tensorflow/tfjs-core';

import {InvalidArgumentError} from '../../errors';

/** Up to here every integer is a number of that precision; the next, one more, is not. */
const MAX_CLASSES = {float32: 2 ** 24, halfFloat: 2 ** 11};

/**
 * tf.js keeps int32 tensors in float textures. Where a float cannot hold a label, it has silently
 * become its neighbour before any kernel could look at it.
 */
export function checkNumClasses(numClasses: number): void {
  const precision = env().getBool('WEBGL_RENDER_FLOAT32_ENABLED') ? 'float32' : 'halfFloat';
  if (numClasses <= MAX_CLASSES[precision]) return;
  const floats = precision === 'float32' ? 'floats' : 'half floats';
  throw new InvalidArgumentError(
    `\`logits\` have ${numClasses} classes, but this device's WebGL keeps tensors as ${floats}, ` +
      `which tell only ${MAX_CLASSES[precision]} classes apart. Use another backend for them, as ` +
      "await tf.setBackend('cpu').",
  );
}
