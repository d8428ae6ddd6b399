import {getKernel, type Tensor, type TensorInfo, util} from '@tensorflow/tfjs-core';

/** tfjs-node's kernels, run below the engine: their outputs are for the caller to dispose. */
function run(
  kernelName: string,
  backend: object,
  inputs: {[name: string]: TensorInfo},
  attrs = {},
): Tensor {
  return getKernel(kernelName, 'tensorflow').kernelFunc({inputs, attrs, backend}) as Tensor;
}

export function reshape(backend: object, x: TensorInfo, shape: number[]): Tensor {
  return run('Reshape', backend, {x}, {shape});
}

export function multiply(backend: object, a: TensorInfo, b: TensorInfo): Tensor {
  return run('Multiply', backend, {a, b});
}

/** [batch, classes], with every dimension but the last in the batch. */
export function matrixShape({shape}: TensorInfo): [number, number] {
  return [util.sizeFromShape(shape.slice(0, -1)), shape[shape.length - 1]];
}

/**
 * Calls `fn` with features as [batch, classes] and labels as [batch], which is all that the native
 * op takes. What the reshaping took is disposed at the end, also when `fn` throws.
 */
export function asMatrixAndVector<T>(
  backend: object,
  features: TensorInfo,
  labels: TensorInfo,
  fn: (features: TensorInfo, labels: TensorInfo) => T,
): T {
  if (features.shape.length === 2) return fn(features, labels);
  const [batch, numClasses] = matrixShape(features);
  const matrix = reshape(backend, features, [batch, numClasses]);
  const vector = reshape(backend, labels, [batch]);
  try {
    return fn(matrix, vector);
  } finally {
    matrix.dispose();
    vector.dispose();
  }
}
