import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {WebGPUBackend, WebGPUProgram} from '@tensorflow/tfjs-backend-webgpu';

import {rowUniformsWgsl, type UniformValue} from './uniforms';

const WORKGROUP_SIZE = 64;

/**
 * A program of `threads` threads that share nothing and wait for nothing. tf.js may start more of
 * them than that, so each looks whether it has work.
 *
 * tf.js keeps its pipeline under a key. The key says which inputs have dimensions of 1, and which
 * have the shape of the output. Here inputs are declared without a shape, and the sizes are
 * uniforms. So all batch sizes share one pipeline. (More than 65535 groups of threads need another:
 * tf.js counts them in another way.)
 */
export abstract class ThreadsProgram implements WebGPUProgram {
  abstract readonly variableNames: string[];
  abstract readonly uniforms: string;
  abstract shaderKey: string;
  abstract getUserCode(): string;
  readonly outputShape: number[];
  readonly dispatchLayout = {x: [0]};
  readonly workgroupSize: [number, number, number] = [WORKGROUP_SIZE, 1, 1];
  dispatch: [number, number, number];

  constructor(outputSize: number, threads: number) {
    this.outputShape = [outputSize];
    this.dispatch = [Math.ceil(threads / WORKGROUP_SIZE), 1, 1];
  }
}

/** A program whose threads work on rows of logits. */
export abstract class RowsProgram extends ThreadsProgram {
  readonly uniforms = rowUniformsWgsl;
}

/** Dispatches once. The result is float32 of `shape`. */
export function runProgram(
  webgpu: WebGPUBackend,
  program: ThreadsProgram,
  inputs: TensorInfo[],
  uniforms: UniformValue[],
  shape: number[],
): TensorInfo {
  const buffers = inputs.map((input) => ({...input, shape: []}));
  const output = webgpu.makeTensorInfo(program.outputShape, 'float32');
  try {
    webgpu.runWebGPUProgram(program, buffers, 'float32', uniforms, output);
  } catch (error) {
    webgpu.disposeData(output.dataId);
    throw error;
  }
  return {...output, shape};
}
