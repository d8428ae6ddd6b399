import {backend, engine, getBackend, getKernel, type TensorInfo} from '@tensorflow/tfjs-core';

import {type LossKernelConfig, SparseSoftmaxCrossEntropyLoss} from '../kernel_names';
import {sizesOf} from '../sizes';

/**
 * Says which backends have the kernels where the current one has not, and asks the one that has what
 * it refuses, before anything has run.
 *
 * The engine is bypassed: under tf.profile and in debug mode it turns what a kernel throws into an
 * error of its own.
 */
export function checkBackend(labels: TensorInfo, logits: TensorInfo, ignoreClass?: number): void {
  backend(); // Starts the default backend where none was chosen yet.
  const loss = lossKernelOf(getBackend());
  if (loss === undefined) throw noKernel();
  loss.refuse(labels, sizesOf(logits).numClasses, ignoreClass);
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
