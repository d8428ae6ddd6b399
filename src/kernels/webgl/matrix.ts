import {getKernel, Reshape, type TensorInfo, util} from '@tensorflow/tfjs-core';
import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

import {sizesOf} from '../../kernel_names';
import type {Scope} from './scope';

/** Labels or dy as [batch]. tf.js packs them on use, in the one program that reads them. */
export function asVector({dataId, shape, dtype}: TensorInfo): TensorInfo {
  return {dataId, shape: [util.sizeFromShape(shape)], dtype};
}

/**
 * Features as packed logits [batch, numClasses]. This costs nothing where they are packed already,
 * or not yet on the GPU, except that an odd second-to-last dimension needs a copy. Done once here,
 * since tf.js would do it for each program that reads them.
 */
export function asPackedMatrix(
  webgl: MathBackendWebGL,
  features: TensorInfo,
  scope: Scope,
): TensorInfo {
  const {batch, numClasses} = sizesOf(features);
  const reshape = getKernel(Reshape, 'webgl').kernelFunc;
  const attrs = {shape: [batch, numClasses]};
  const matrix = reshape({inputs: {x: features}, attrs, backend: webgl}) as TensorInfo;
  scope.temporary(matrix);
  const {texture, isPacked} = webgl.texData.get(matrix.dataId);
  return texture == null || isPacked ? matrix : scope.temporary(webgl.packTensor(matrix));
}
