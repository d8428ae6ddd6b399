/**
 * Counts the work of the webgpu backend during a call: programs dispatched, pipelines made, bytes
 * of buffers.
 */
import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs';

import {programName} from './program_name';

export interface Probe<T> {
  /** The result of the call. */
  readonly result: T;
  /** Names of the programs dispatched, in order; tf.js's own among them. */
  readonly dispatches: string[];
  /** The number of pipelines made. */
  readonly compiled: number;
  /** Bytes of tensors' buffers at the most, and at the end, above those at the start. */
  readonly peakBytes: number;
  readonly leftBytes: number;
}

export function webgpuBackend(): WebGPUBackend {
  return tf.backend() as unknown as WebGPUBackend;
}

/**
 * Sends the queue to the GPU. Then tf.js frees the buffers of disposed tensors.
 */
export function flush(webgpu: WebGPUBackend): void {
  webgpu.ensureCommandEncoderReady();
  webgpu.endComputePassEncoder();
  webgpu.submitQueue();
}

export function probe<T>(call: () => T): Probe<T> {
  const webgpu = webgpuBackend();
  const {bufferManager, device} = webgpu;
  const {runWebGPUProgram} = webgpu;
  const dispatches: string[] = [];
  flush(webgpu);
  const start = bufferManager.numBytesUsed;
  let peak = start;
  let compiled = 0;

  webgpu.runWebGPUProgram = (program, ...rest) => {
    dispatches.push(programName(program));
    const result = runWebGPUProgram.call(webgpu, program, ...rest);
    peak = Math.max(peak, bufferManager.numBytesUsed);
    return result;
  };
  const createComputePipeline = device.createComputePipeline.bind(device);
  device.createComputePipeline = (descriptor) => {
    compiled++;
    return createComputePipeline(descriptor);
  };
  let result: T;
  try {
    result = call();
  } finally {
    Reflect.deleteProperty(webgpu, 'runWebGPUProgram');
    Reflect.deleteProperty(device, 'createComputePipeline');
    flush(webgpu);
  }
  return {
    result,
    dispatches,
    compiled,
    peakBytes: peak - start,
    leftBytes: bufferManager.numBytesUsed - start,
  };
}
