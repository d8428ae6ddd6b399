/**
 * The kernels of the current backend as functions. kernel_names.ts says what each computes.
 */
import {engine, type NamedTensorMap, type Tensor} from '@tensorflow/tfjs-core';

import {
  SparseSoftmaxCrossEntropyGrad,
  type SparseSoftmaxCrossEntropyGradAttrs,
  SparseSoftmaxCrossEntropyLoss,
  type SparseSoftmaxCrossEntropyLossAttrs,
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

/** [loss, statistics]. Not differentiable: see gradients/loss.ts. */
export function runLoss(
  inputs: LossInputs,
  attrs: SparseSoftmaxCrossEntropyLossAttrs,
): [Tensor, Tensor] {
  return run(SparseSoftmaxCrossEntropyLoss, inputs, attrs);
}

/** dfeatures, differentiable to any order. */
export function runGrad(inputs: GradInputs, attrs: SparseSoftmaxCrossEntropyGradAttrs): Tensor {
  return run(SparseSoftmaxCrossEntropyGrad, inputs, attrs);
}

/** TensorFlow's op: [loss, backprop]. Not differentiable: see ops/raw_ops.ts. */
export function runWithLogits(inputs: LossInputs): [Tensor, Tensor] {
  return run(SparseSoftmaxCrossEntropyWithLogits, inputs, {});
}

function run<T extends Tensor | Tensor[]>(kernelName: string, inputs: object, attrs: object): T {
  return engine().runKernel(kernelName, inputs as NamedTensorMap, {...attrs}) as T;
}
