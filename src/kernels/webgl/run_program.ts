import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {GPGPUProgram, MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

/** Draws once. `uniforms` are the program's integers, in its order. */
export function runProgram(
  webgl: MathBackendWebGL,
  program: GPGPUProgram,
  inputs: TensorInfo[],
  uniforms: number[],
): TensorInfo {
  const values = uniforms.map((value) => [value]);
  // The result stays packed, also where WEBGL_LAZILY_UNPACK is off.
  const staysPacked = true;
  return webgl.runWebGLProgram(program, inputs, 'float32', values, staysPacked);
}
