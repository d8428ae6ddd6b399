/**
 * Counts the work of the webgl backend during a call: programs drawn and compiled, bytes of
 * textures.
 */
import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs';

import {programName} from './program_name';

export interface Probe<T> {
  /** The result of the call. */
  readonly result: T;
  /** Names of the programs drawn, in order; tf.js's own among them. */
  readonly draws: string[];
  /** The number of shaders compiled. */
  readonly compiled: number;
  /** Bytes of textures at the most, and at the end, above those at the start. */
  readonly peakBytes: number;
  readonly leftBytes: number;
}

export function webglBackend(): MathBackendWebGL {
  return tf.backend() as unknown as MathBackendWebGL;
}

/** Texture bytes in use, without those that tf.js keeps for another use. */
export function bytesInUse(): number {
  const {numBytesInGPUAllocated, numBytesInGPUFree} = webglBackend().memory();
  return numBytesInGPUAllocated - numBytesInGPUFree;
}

export function probe<T>(call: () => T): Probe<T> {
  const webgl = webglBackend();
  const gpgpu = webgl.getGPGPUContext();
  const textures = webgl.getTextureManager();
  const {runWebGLProgram} = webgl;
  const {createProgram} = gpgpu;
  const {acquireTexture} = textures;
  const draws: string[] = [];
  let compiled = 0;
  const start = bytesInUse();
  let peak = start;

  webgl.runWebGLProgram = (program, ...rest) => {
    draws.push(programName(program));
    return runWebGLProgram.call(webgl, program, ...rest);
  };
  gpgpu.createProgram = (shader) => {
    compiled++;
    return createProgram.call(gpgpu, shader);
  };
  textures.acquireTexture = (...texture) => {
    const acquired = acquireTexture.call(textures, ...texture);
    peak = Math.max(peak, bytesInUse());
    return acquired;
  };
  let result: T;
  try {
    result = call();
  } finally {
    Object.assign(webgl, {runWebGLProgram});
    Object.assign(gpgpu, {createProgram});
    Object.assign(textures, {acquireTexture});
  }
  return {result, draws, compiled, peakBytes: peak - start, leftBytes: bytesInUse() - start};
}
