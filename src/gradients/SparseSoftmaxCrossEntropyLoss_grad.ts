import {engine, type GradConfig, type Tensor} from '@tensorflow/tfjs-core';

import {SparseSoftmaxCrossEntropyGrad, SparseSoftmaxCrossEntropyLoss} from '../kernel_names';

/** Saves the inputs and two numbers a row; the Grad kernel makes the gradient from them. */
export const sparseSoftmaxCrossEntropyLossGradConfig: GradConfig = {
  kernelName: SparseSoftmaxCrossEntropyLoss,
  inputsToSave: ['features', 'labels'],
  outputsToSave: [false, true, true],
  gradFunc: (dys, saved) => {
    const [dy] = dys as Tensor[];
    const [features, labels, rowShift, rowSumExp] = saved;
    const inputs = {dy, features, labels, rowShift, rowSumExp};
    return {features: () => engine().runKernel<Tensor>(SparseSoftmaxCrossEntropyGrad, inputs)};
  },
};
