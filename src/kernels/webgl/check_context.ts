import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

/** A lost context draws nothing and reads as zeros, which a loss must never be taken for. */
export function checkContext(webgl: MathBackendWebGL, inputs: TensorInfo[]): void {
  const isOnGpu = inputs.some(({dataId}) => webgl.texData.get(dataId).texture != null);
  if (isOnGpu && webgl.getGPGPUContext().gl.isContextLost()) {
    throw new Error(
      'The WebGL context was lost, and every tensor on it: the GPU was reset or ran out of memory. ' +
        'Reload the page, or make the backend anew with tf.removeBackend and tf.registerBackend.',
    );
  }
}
