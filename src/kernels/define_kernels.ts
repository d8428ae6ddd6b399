/**
 * The configurations of a backend's kernels, from functions with types. The casts and the defaults
 * of attributes are here, once for all backends.
 */
import type {KernelConfig, KernelFunc, TensorInfo} from '@tensorflow/tfjs-core';

import {
  type GradKernelConfig,
  type LossKernelConfig,
  sizesOf,
  type Sizes,
  SparseSoftmaxCrossEntropyGrad,
  type SparseSoftmaxCrossEntropyGradAttrs,
  type SparseSoftmaxCrossEntropyGradInputs,
  SparseSoftmaxCrossEntropyLoss,
  type SparseSoftmaxCrossEntropyLossAttrs,
  type SparseSoftmaxCrossEntropyLossInputs,
  SparseSoftmaxCrossEntropySum,
  type SparseSoftmaxCrossEntropySumAttrs,
  type SparseSoftmaxCrossEntropySumInputs,
} from '../kernel_names';

/** Attributes with their defaults. Without an `ignoreClass` no row is ignored. */
type WithDefaults<Attrs extends {ignoreClass?: number}> = Required<Omit<Attrs, 'ignoreClass'>> & {
  readonly ignoreClass: number | undefined;
};
export type LossAttrs = WithDefaults<SparseSoftmaxCrossEntropyLossAttrs>;
export type GradAttrs = WithDefaults<SparseSoftmaxCrossEntropyGradAttrs>;

/** A call of a kernel: its inputs, and the sizes of features. */
type Call<Backend, Inputs, Attrs> = Inputs &
  Sizes & {readonly backend: Backend; readonly attrs: Attrs};

interface LossDefinition<Name extends string, Backend> extends Omit<
  LossKernelConfig,
  'kernelName' | 'backendName' | 'kernelFunc'
> {
  readonly backendName: Name;
  /** @returns loss and statistics. */
  readonly compute: (
    call: Call<Backend, SparseSoftmaxCrossEntropyLossInputs, LossAttrs>,
  ) => TensorInfo[];
}

/** [features, labels] -> [loss, statistics]. */
export function defineLoss<Name extends string, Backend>({
  compute,
  ...config
}: LossDefinition<Name, Backend>): LossKernelConfig & {readonly backendName: Name} {
  const kernelFunc: KernelFunc = ({inputs, attrs, backend}) => {
    const {features, labels} = inputs as SparseSoftmaxCrossEntropyLossInputs;
    const given = (attrs ?? {}) as SparseSoftmaxCrossEntropyLossAttrs;
    const {ignoreClass, labelSmoothing = 0, zLoss = 0} = given;
    const {batch, numClasses} = sizesOf(features);
    return compute({
      features,
      labels,
      batch,
      numClasses,
      backend: backend as Backend,
      attrs: {ignoreClass, labelSmoothing, zLoss},
    });
  };
  return {...config, kernelName: SparseSoftmaxCrossEntropyLoss, kernelFunc};
}

interface GradDefinition<Name extends string, Backend> {
  readonly backendName: Name;
  /** @returns dfeatures. */
  readonly compute: (
    call: Call<Backend, SparseSoftmaxCrossEntropyGradInputs, GradAttrs>,
  ) => TensorInfo;
}

/** [dy, features, labels, statistics] -> dfeatures. */
export function defineGrad<Name extends string, Backend>({
  backendName,
  compute,
}: GradDefinition<Name, Backend>): GradKernelConfig & {readonly backendName: Name} {
  const kernelFunc: KernelFunc = ({inputs, attrs, backend}) => {
    const {dy, features, labels, statistics} = inputs as SparseSoftmaxCrossEntropyGradInputs;
    const given = (attrs ?? {}) as SparseSoftmaxCrossEntropyGradAttrs;
    const {ignoreClass, labelScale = 1, uniformScale = 0, zLoss = 0} = given;
    const {batch, numClasses} = sizesOf(features);
    return compute({
      dy,
      features,
      labels,
      statistics,
      batch,
      numClasses,
      backend: backend as Backend,
      attrs: {ignoreClass, labelScale, uniformScale, zLoss},
    });
  };
  return {backendName, kernelName: SparseSoftmaxCrossEntropyGrad, kernelFunc};
}

interface SumDefinition<Name extends string, Backend> {
  readonly backendName: Name;
  /** @returns the sums, of the shape `shape`. */
  readonly compute: (
    call: {x: TensorInfo; backend: Backend} & SparseSoftmaxCrossEntropySumAttrs,
  ) => TensorInfo;
}

/** x -> sums. */
export function defineSum<Name extends string, Backend>({
  backendName,
  compute,
}: SumDefinition<Name, Backend>): KernelConfig & {readonly backendName: Name} {
  const kernelFunc: KernelFunc = ({inputs, attrs, backend}) => {
    const {x} = inputs as SparseSoftmaxCrossEntropySumInputs;
    const {outer, terms, inner, shape} = attrs as unknown as SparseSoftmaxCrossEntropySumAttrs;
    return compute({x, outer, terms, inner, shape, backend: backend as Backend});
  };
  return {backendName, kernelName: SparseSoftmaxCrossEntropySum, kernelFunc};
}
