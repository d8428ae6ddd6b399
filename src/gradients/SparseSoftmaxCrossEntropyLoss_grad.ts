import {engine, type GradConfig, type Tensor, zeros} from '@tensorflow/tfjs-core';

import {SparseSoftmaxCrossEntropyGrad, SparseSoftmaxCrossEntropyLoss} from '../kernel_names';

/**
 * Saves the inputs and the backend's statistics; the Grad kernel makes the gradient of them.
 *
 * Labels are not differentiable. The tape asks all the same where they were computed from what is
 * differentiated, as pseudo-labels are; it gets zeros, in the float32 that it wants.
 */
export const sparseSoftmaxCrossEntropyLossGradConfig: GradConfig = {
  kernelName: SparseSoftmaxCrossEntropyLoss,
  inputsToSave: ['features', 'labels'],
  outputsToSave: [false, true],
  gradFunc: (dys, saved) => {
    const [dy] = dys as Tensor[];
    const [features, labels, statistics] = saved;
    const inputs = {dy, features, labels, statistics};
    return {
      features: () => engine().runKernel<Tensor>(SparseSoftmaxCrossEntropyGrad, inputs),
      labels: () => zeros(labels.shape),
    };
  },
};
