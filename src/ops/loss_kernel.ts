/** The Loss kernel of the current backend, and its check of labels. */
import {backend, engine, getBackend, getKernel, type TensorInfo} from '@tensorflow/tfjs-core';

import {type LossKernelConfig, sizesOf, SparseSoftmaxCrossEntropyLoss} from '../kernel_names';

/**
 * Throws if the current backend refuses these labels, before any kernel runs.
 *
 * It does not call the engine, which replaces the error of a kernel by its own in debug mode and
 * under tf.profile.
 */
export function refuseBadLabels(
  labels: TensorInfo,
  logits: TensorInfo,
  ignoreClass?: number,
): void {
  lossKernel().refuse(labels, sizesOf(logits).numClasses, ignoreClass);
}

/**
 * The Loss kernel of the current backend.
 *
 * @throws Error that says which backends have the kernels, if the current one has not.
 */
export function lossKernel(): LossKernelConfig {
  backend(); // Starts the default backend where none was chosen yet.
  const kernel = lossKernelOf(getBackend());
  if (kernel === undefined) throw noKernel();
  return kernel;
}

function lossKernelOf(backendName: string): LossKernelConfig | undefined {
  return getKernel(SparseSoftmaxCrossEntropyLoss, backendName) as LossKernelConfig | undefined;
}

function noKernel(): Error {
  const able = engine()
    .backendNames()
    .filter((name) => lossKernelOf(name) !== undefined);
  const remedy =
    able.length > 0
      ? `Backends here that have it: ${able.join(', ')}. Switch to one with await tf.setBackend(...).`
      : `No backend here has it (${engine().backendNames().join(', ')}). Import the package of one that ` +
        "supportedBackends names, as '@tensorflow/tfjs-backend-cpu', and switch to it with await tf.setBackend(...).";
  return new Error(
    `Kernel '${SparseSoftmaxCrossEntropyLoss}' not registered for backend '${getBackend()}'. ` +
      `${remedy} If this backend was made from one of supportedBackends by ` +
      `tf.copyRegisteredKernels, call registerKernels(['${getBackend()}']) once.`,
  );
}
