/**
 * Inputs as packed textures. This costs nothing where they are packed already, or not yet on the GPU.
 * Done once here, since tf.js would do it for each program that reads them.
 */
import {getKernel, Reshape, type TensorInfo, util} from '@tensorflow/tfjs-core';
import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

import {sizesOf} from '../../kernel_names';
import type {Scope} from './scope';

/** Labels or dy as a packed [batch]. */
export function asPackedVector(
  webgl: MathBackendWebGL,
  {dataId, shape, dtype}: TensorInfo,
  scope: Scope,
): TensorInfo {
  return packed(webgl, {dataId, shape: [util.sizeFromShape(shape)], dtype}, scope);
}

/** Features as packed logits [batch, numClasses]. An odd second-to-last dimension costs a copy. */
export function asPackedMatrix(
  webgl: MathBackendWebGL,
  features: TensorInfo,
  scope: Scope,
): TensorInfo {
  const {batch, numClasses} = sizesOf(features);
  const reshape = getKernel(Reshape, 'webgl').kernelFunc;
  const attrs = {shape: [batch, numClasses]};
  const matrix = reshape({inputs: {x: features}, attrs, backend: webgl}) as TensorInfo;
  return packed(webgl, scope.temporary(matrix), scope);
}

function packed(webgl: MathBackendWebGL, info: TensorInfo, scope: Scope): TensorInfo {
  const {texture, isPacked} = webgl.texData.get(info.dataId);
  return texture == null || isPacked ? info : scope.temporary(webgl.packTensor(info));
}
