import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {GPGPUProgram, MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

/**
 * Draws once. `uniforms` are the program's integers, in its order.
 *
 * A lost context draws nothing and reads as zeros, which a loss must never be taken for.
 */
export function runProgram(
  webgl: MathBackendWebGL,
  program: GPGPUProgram,
  inputs: TensorInfo[],
  uniforms: number[],
): TensorInfo {
  if (webgl.getGPGPUContext().gl.isContextLost()) {
    throw new Error(
      'The WebGL context was lost, and every tensor on it: the GPU was reset or ran out of memory. ' +
        'Reload the page, or make the backend anew with tf.removeBackend and tf.registerBackend.',
    );
  }
  const values = uniforms.map((value) => [value]);
  // The result stays packed, also where WEBGL_LAZILY_UNPACK is off.
  const staysPacked = true;
  return webgl.runWebGLProgram(program, inputs, 'float32', values, staysPacked);
}
