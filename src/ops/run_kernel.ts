import {backend, engine, getBackend, getKernel} from '@tensorflow/tfjs-core';
import type {NamedTensorMap, Tensor} from '@tensorflow/tfjs-core';

/** Runs a kernel with several outputs on the current backend, or says which backends have it. */
export function runKernel(kernelName: string, inputs: NamedTensorMap): Tensor[] {
  backend(); // Starts the default backend where none was chosen yet.
  if (getKernel(kernelName, getBackend()) === undefined) {
    const able = engine()
      .backendNames()
      .filter((name) => getKernel(kernelName, name) !== undefined);
    throw new Error(
      `Kernel '${kernelName}' not registered for backend '${getBackend()}'. ` +
        `Backends here that have it: ${able.join(', ') || 'none'}. ` +
        "Switch with tf.setBackend(); for a backend derived from one of supportedBackends, such as 'rn-webgl', " +
        `call registerKernels(['${getBackend()}']) once.`,
    );
  }
  return engine().runKernel<Tensor[]>(kernelName, inputs);
}
