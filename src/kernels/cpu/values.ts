import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {MathBackendCPU} from '@tensorflow/tfjs-backend-cpu';

/** The values of a float32 tensor: on this backend the very array, not a copy. */
export function floatValues(backend: object, tensor: TensorInfo): Float32Array {
  return (backend as MathBackendCPU).data.get(tensor.dataId).values as Float32Array;
}

/** The values of an int32 tensor. */
export function intValues(backend: object, tensor: TensorInfo): Int32Array {
  return (backend as MathBackendCPU).data.get(tensor.dataId).values as Int32Array;
}

/**
 * The last dimension, as an integer to the engine too: a shape that comes from an array with
 * a fraction or NaN in it holds doubles, and loop indices in doubles cost up to 1.7 times as much.
 */
export function numClassesOf({shape}: TensorInfo): number {
  return shape[shape.length - 1] | 0;
}

/** Two numbers a row. The last dimension tells them from what other backends hand on. */
export function statisticsShape(labels: TensorInfo): number[] {
  return [...labels.shape, 2, 1];
}
