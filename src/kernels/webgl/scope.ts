import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

/** What a kernel holds while it runs; both return what they are given. */
export interface Scope {
  /** To be let go of in any case. */
  temporary(info: TensorInfo): TensorInfo;
  /** To be let go of if something throws: a texture too large, a lost context. */
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
