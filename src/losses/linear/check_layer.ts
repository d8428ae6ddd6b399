/** The checks of `losses.linearSparseSoftmaxCrossEntropy` for its layer, before any kernel runs. */
import type {TensorInfo} from '@tensorflow/tfjs-core';

import {InvalidArgumentError, ValueError} from '../../errors';
import type {LinearLayer} from './layer';

/**
 * @throws ValueError for a shape that does not fit the others, InvalidArgumentError for a dtype
 *     that is not float32.
 */
export function checkLinearLayer({inputs, kernel, bias, transposeKernel}: LinearLayer): void {
  const form = transposeKernel ? '[classes, units]' : '[units, classes]';
  if (inputs.rank === 0) {
    throw new ValueError('`inputs` must be of shape [..., units], got a scalar.');
  }
  if (kernel.rank !== 2) {
    throw new ValueError(`\`kernel\` must be of shape ${form}, got shape [${kernel.shape}].`);
  }
  const units = inputs.shape[inputs.rank - 1];
  const [kernelUnits, classes] = transposeKernel ? [...kernel.shape].reverse() : kernel.shape;
  if (units !== kernelUnits) {
    const hint =
      units === classes
        ? `Set transposeKernel: ${!transposeKernel} for a kernel of the other form.`
        : 'The last dimension of `inputs` must be the units of `kernel`.';
    throw new ValueError(
      `\`inputs\` of shape [${inputs.shape}] have ${units} units, ` +
        `but \`kernel\` ${form} of shape [${kernel.shape}] has ${kernelUnits}. ${hint}`,
    );
  }
  if (bias && (bias.rank !== 1 || bias.shape[0] !== classes)) {
    throw new ValueError(
      `\`bias\` must be of shape [classes] = [${classes}], got shape [${bias.shape}].`,
    );
  }
  checkFloat32(inputs, 'inputs');
  checkFloat32(kernel, 'kernel');
  if (bias) checkFloat32(bias, 'bias');
}

function checkFloat32({dtype, shape}: TensorInfo, name: string): void {
  if (dtype !== 'float32') {
    throw new InvalidArgumentError(
      `\`${name}\` must be float32, got dtype ${dtype} (shape [${shape}]). ` +
        `Cast with tf.cast(${name}, 'float32').`,
    );
  }
}

/** @throws ValueError unless it is left out or a number of rows. */
export function checkChunkSize(chunkSize: unknown): void {
  if (chunkSize !== undefined && !(Number.isSafeInteger(chunkSize) && Number(chunkSize) > 0)) {
    throw new ValueError(
      `\`chunkSize\` must be a number of rows, an integer of 1 or more, got ${String(chunkSize)}. ` +
        'Leave it out for as many rows as fit in 23 MB.',
    );
  }
}

/** @throws ValueError for anything that is not true or false. */
export function checkTransposeKernel(transposeKernel: unknown): void {
  if (typeof transposeKernel !== 'boolean') {
    throw new ValueError(
      `\`transposeKernel\` must be true or false, got ${String(transposeKernel)}.`,
    );
  }
}
