import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';
import type {TensorInfo} from '@tensorflow/tfjs-core';

/** Where a tensor's values begin in the heap. */
export function addressOf(backend: BackendWasm, {dataId}: TensorInfo): number {
  return backend.dataIdMap.get(dataId).memoryOffset;
}

/** The values of a float32 tensor: a view of the heap, which ends when the heap grows. */
export function floatValues(backend: BackendWasm, tensor: TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(tensor) as Float32Array;
}

/** The values of an int32 tensor: a view as well. */
export function intValues(backend: BackendWasm, tensor: TensorInfo): Int32Array {
  return backend.typedArrayFromHeap(tensor) as Int32Array;
}

/**
 * Three numbers for each row: shift, sumExp and others, see assembly/row_loss.ts. The last dimensions
 * tell them from what other backends hand on.
 */
export function statisticsShape(labels: TensorInfo): number[] {
  return [3, ...labels.shape, 1, 1];
}
