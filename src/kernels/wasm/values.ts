import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';
import type {TensorInfo} from '@tensorflow/tfjs-core';

/** Where a tensor's values begin in the heap. */
export function addressOf(backend: BackendWasm, {dataId}: TensorInfo): number {
  return backend.dataIdMap.get(dataId).memoryOffset;
}

/** The values of a float32 tensor: a view of the heap, valid until the heap grows. */
export function floatValues(backend: BackendWasm, tensor: TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(tensor) as Float32Array;
}

/** The values of an int32 tensor: a view as well. */
export function intValues(backend: BackendWasm, tensor: TensorInfo): Int32Array {
  return backend.typedArrayFromHeap(tensor) as Int32Array;
}

/**
 * The statistics of the SIMD kernels: float32 [3, ...] of shift, sumExp and sumOfOthers, see
 * assembly/row_loss.ts. Without SIMD, statistics are those of rows/.
 */
export function simdStatisticsShape(labels: TensorInfo): number[] {
  return [3, ...labels.shape];
}
