/**
 * THE list: which backend has which kernels, and the gradients, which serve every backend.
 *
 * This is the only file that sees both. Backend packages are imported as types only, so kernels
 * of a backend that is not there cost an entry in a map and nothing else.
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

/** Loss's own gradient stands where the op runs it: gradients/loss.ts. */
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
 * What is registered already stays as it is, without a warning.
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

/** TensorFlow's op is made from Loss and Grad where a backend has none of its own. */
function allKernels({loss, grad, withLogits}: BackendKernels<string>): KernelConfig[] {
  return [loss, grad, withLogits ?? withLogitsConfig(loss, grad)];
}

/** The supported backend of which `backendName` is a copy: it shares that one's own kernels. */
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
