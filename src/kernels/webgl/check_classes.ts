import {env, type KernelConfig} from '@tensorflow/tfjs-core';

import {InvalidArgumentError} from '../../errors';
import {
  SparseSoftmaxCrossEntropyCheckClasses,
  type SparseSoftmaxCrossEntropyCheckClassesAttrs,
} from '../../kernel_names';

/** Half floats hold every integer up to this one; the next, 2049, is read back as 2048. */
const MAX_HALF_FLOAT_CLASSES = 2048;

/**
 * Nothing, or InvalidArgumentError where the device cannot tell the classes apart.
 *
 * tf.js keeps int32 tensors in float textures. On devices that render to half floats only, a large
 * label has silently become its neighbour before any kernel could look at it.
 */
export const checkClassesConfig: KernelConfig = {
  kernelName: SparseSoftmaxCrossEntropyCheckClasses,
  backendName: 'webgl',
  kernelFunc: ({attrs}) => {
    const {numClasses} = attrs as SparseSoftmaxCrossEntropyCheckClassesAttrs;
    if (numClasses > MAX_HALF_FLOAT_CLASSES && !env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) {
      throw new InvalidArgumentError(
        `\`logits\` have ${numClasses} classes, but this device's WebGL keeps tensors as half ` +
          `floats, which tell only ${MAX_HALF_FLOAT_CLASSES} classes apart. Use another ` +
          "backend for them, as await tf.setBackend('cpu').",
      );
    }
    return [];
  },
};
