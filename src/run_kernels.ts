/**
 * The kernels of the current backend as functions. kernel_names.ts says what each computes.
 */
import {engine, getBackend, type NamedTensorMap, type Tensor} from '@tensorflow/tfjs-core';

import {
  SparseSoftmaxCrossEntropyGrad,
  type SparseSoftmaxCrossEntropyGradAttrs,
  SparseSoftmaxCrossEntropyLoss,
  type SparseSoftmaxCrossEntropyLossAttrs,
  SparseSoftmaxCrossEntropySum,
  type SparseSoftmaxCrossEntropySumAttrs,
  SparseSoftmaxCrossEntropyWithLogits,
} from './kernel_names';

/** The inputs of the Loss kernel. */
export interface LossInputs {
  readonly features: Tensor;
  readonly labels: Tensor;
}

/** The inputs of the Grad kernel. */
export interface GradInputs extends LossInputs {
  readonly dy: Tensor;
  readonly statistics: Tensor;
}

/** The backend that made each statistics, by data id. Each backend has its own form of them. */
const madeBy = new WeakMap<object, string>();

/** [loss, statistics]. Not differentiable: see gradients/loss.ts. */
export function runLoss(
  inputs: LossInputs,
  attrs: SparseSoftmaxCrossEntropyLossAttrs,
): [Tensor, Tensor] {
  const outputs = run<[Tensor, Tensor]>(SparseSoftmaxCrossEntropyLoss, inputs, attrs);
  madeBy.set(outputs[1].dataId, getBackend());
  return outputs;
}

/**
 * dfeatures, differentiable to any order.
 *
 * @throws Error for the statistics of another backend.
 */
export function runGrad(inputs: GradInputs, attrs: SparseSoftmaxCrossEntropyGradAttrs): Tensor {
  const forward = madeBy.get(inputs.statistics.dataId);
  if (forward !== undefined && forward !== getBackend()) {
    throw new Error(
      'Take forward and backward pass on one backend. The backend was changed between those of ' +
        `sparseSoftmaxCrossEntropyWithLogits, from ${forward} to ${getBackend()}.`,
    );
  }
  return run(SparseSoftmaxCrossEntropyGrad, inputs, attrs);
}

/** The sums over the middle axis of x. Not differentiable: see gradients/sums.ts. */
export function runSum(x: Tensor, sizes: SparseSoftmaxCrossEntropySumAttrs): Tensor {
  return run(SparseSoftmaxCrossEntropySum, {x}, sizes);
}

/** TensorFlow's op: [loss, backprop]. Not differentiable: see ops/raw_ops.ts. */
export function runWithLogits(inputs: LossInputs): [Tensor, Tensor] {
  return run(SparseSoftmaxCrossEntropyWithLogits, inputs, {});
}

function run<T extends Tensor | Tensor[]>(kernelName: string, inputs: object, attrs: object): T {
  return engine().runKernel(kernelName, inputs as NamedTensorMap, {...attrs}) as T;
}
