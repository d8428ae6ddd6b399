import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {MathBackendCPU} from '@tensorflow/tfjs-backend-cpu';

/** The values of a float32 tensor: on this backend the array itself, not a copy. */
export function floatValues(cpu: MathBackendCPU, tensor: TensorInfo): Float32Array {
  return cpu.data.get(tensor.dataId).values as Float32Array;
}

/** The values of an int32 tensor. */
export function intValues(cpu: MathBackendCPU, tensor: TensorInfo): Int32Array {
  return cpu.data.get(tensor.dataId).values as Int32Array;
}
