import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {GPGPUProgram, MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

/** The tensors that a kernel makes while it runs. Both functions return their argument. */
export interface Scope {
  /** Is disposed in any case. */
  temporary(info: TensorInfo): TensorInfo;
  /** Is disposed if something throws, as for a texture too large or a lost context. */
  output(info: TensorInfo): TensorInfo;
}

export function withScope<T>(webgl: MathBackendWebGL, run: (scope: Scope) => T): T {
  const temporaries: TensorInfo[] = [];
  const outputs: TensorInfo[] = [];
  const dispose = (info: TensorInfo) => webgl.disposeIntermediateTensorInfo(info);
  try {
    return run({
      temporary: (info) => (temporaries.push(info), info),
      output: (info) => (outputs.push(info), info),
    });
  } catch (error) {
    outputs.forEach(dispose);
    throw error;
  } finally {
    temporaries.forEach(dispose);
  }
}

/** A program whose uniforms are numbers. */
interface Program<Name extends string> extends GPGPUProgram {
  readonly customUniforms: Array<{name: Name; type: 'int' | 'float'}>;
}

/** Draws once. `uniforms` are the numbers that the program declares, by their names. */
export function runProgram<Name extends string>(
  webgl: MathBackendWebGL,
  program: Program<Name>,
  inputs: TensorInfo[],
  uniforms: Readonly<Record<Name, number>>,
): TensorInfo {
  const values = program.customUniforms.map(({name}) => [uniforms[name]]);
  // The result stays packed, also where WEBGL_LAZILY_UNPACK is off.
  const staysPacked = true;
  return webgl.runWebGLProgram(program, inputs, 'float32', values, staysPacked);
}
