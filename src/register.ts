/**
 * THE list: which backend has which kernels, and the gradients, which serve every backend.
 *
 * Only this file sees both kernels and gradients. Backend packages are imported as types only, so
 * the kernels of a backend that is not there cost an entry in a map and nothing else.
 */
import {
  getGradient,
  getKernel,
  type GradConfig,
  type KernelConfig,
  registerGradient,
  registerKernel,
} from '@tensorflow/tfjs-core';

import {sparseSoftmaxCrossEntropyGradGradConfig} from './gradients/SparseSoftmaxCrossEntropyGrad_grad';
import {type BackendKernels, SparseSoftmaxCrossEntropyLoss} from './kernel_names';
import {cpuKernels} from './kernels/cpu';
import {withLogitsConfig} from './kernels/SparseSoftmaxCrossEntropyWithLogits';
import {tensorflowKernels} from './kernels/tensorflow';
import {wasmKernels} from './kernels/wasm';
import {webglKernels} from './kernels/webgl';
import {webgpuKernels} from './kernels/webgpu';

export type Backend = 'cpu' | 'tensorflow' | 'wasm' | 'webgl' | 'webgpu';

const kernelsOf: {readonly [Name in Backend]: BackendKernels<Name>} = {
  cpu: cpuKernels,
  tensorflow: tensorflowKernels,
  wasm: wasmKernels,
  webgl: webglKernels,
  webgpu: webgpuKernels,
};

/** The gradient of Loss is in gradients/loss.ts, since the Loss kernel runs off the tape. */
const gradients: readonly GradConfig[] = [sparseSoftmaxCrossEntropyGradGradConfig];

/** The tf.js backends for which this package has kernels. */
export const supportedBackends: readonly string[] = Object.keys(kernelsOf);

/**
 * Registers the kernels and their gradients; importing the package has done it already.
 *
 * Call it for a backend that was derived from a supported one by `tf.copyRegisteredKernels` before
 * this package was loaded:
 *
 * ```js
 * tf.copyRegisteredKernels('cpu', 'my-cpu');
 * registerKernels(['my-cpu']);
 * ```
 *
 * Kernels that are registered already stay as they are, without a warning.
 *
 * @param backendNames names of backends, by default `supportedBackends`.
 * @throws Error if a backend is neither supported nor derived from a supported one.
 */
export function registerKernels(backendNames: readonly string[] = supportedBackends): void {
  if (typeof backendNames === 'string') {
    throw new Error(`registerKernels: takes an array of names, as ['${backendNames}'].`);
  }
  for (const backendName of backendNames) {
    const kernels = allKernels(kernelsOf[originOf(backendName)]);
    // Loss and Grad agree on the statistics they exchange, so they come from one copy of the
    // package: the first to register a backend registers all of it.
    if (getKernel(SparseSoftmaxCrossEntropyLoss, backendName) !== undefined) continue;
    for (const kernel of kernels) {
      if (getKernel(kernel.kernelName, backendName) === undefined) {
        registerKernel({...kernel, backendName});
      }
    }
  }
  for (const gradient of gradients) {
    if (getGradient(gradient.kernelName) === undefined) registerGradient(gradient);
  }
}

/** Where a backend does not bring TensorFlow's op, Loss and Grad make it. */
function allKernels({loss, grad, sum, withLogits}: BackendKernels<string>): KernelConfig[] {
  return [loss, grad, ...(sum ? [sum] : []), withLogits ?? withLogitsConfig(loss, grad)];
}

/** The supported backend of which `backendName` is a copy: both have the same Identity kernel. */
function originOf(backendName: string): Backend {
  const identity = getKernel('Identity', backendName)?.kernelFunc;
  const origin = supportedBackends.find(
    (name) =>
      name === backendName ||
      (identity !== undefined && getKernel('Identity', name)?.kernelFunc === identity),
  );
  if (origin === undefined) {
    throw new Error(
      `registerKernels: backend '${backendName}' is neither one of supportedBackends ` +
        `(${supportedBackends.join(', ')}) nor made from one by tf.copyRegisteredKernels.`,
    );
  }
  return origin as Backend;
}
