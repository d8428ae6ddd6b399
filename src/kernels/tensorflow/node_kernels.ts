import {getKernel, type Tensor, type TensorInfo} from '@tensorflow/tfjs-core';

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
  const numClasses = features.shape[features.shape.length - 1];
  const batch = labels.shape.reduce((product, size) => product * size, 1);
  const matrix = reshape(backend, features, [batch, numClasses]);
  const vector = reshape(backend, labels, [batch]);
  try {
    return fn(matrix, vector);
  } finally {
    matrix.dispose();
    vector.dispose();
  }
}
