import {backend, engine, getBackend, getKernel} from '@tensorflow/tfjs-core';

/** Says which backends have a kernel where the current one has not, before anything has run. */
export function checkBackend(kernelName: string): void {
  backend(); // Starts the default backend where none was chosen yet.
  if (getKernel(kernelName, getBackend()) !== undefined) return;
  const able = engine()
    .backendNames()
    .filter((name) => getKernel(kernelName, name) !== undefined);
  throw new Error(
    `Kernel '${kernelName}' not registered for backend '${getBackend()}'. Backends here that have ` +
      `it: ${able.join(', ') || 'none'}. Switch to one with await tf.setBackend(...). ` +
      'If this backend was made from one of supportedBackends by tf.copyRegisteredKernels, call ' +
      `registerKernels(['${getBackend()}']) once.`,
  );
}
