import {add, engine, type GradConfig, type Tensor, zeros} from '@tensorflow/tfjs-core';

import {
  SparseSoftmaxCrossEntropyGrad,
  SparseSoftmaxCrossEntropyLoss,
  SparseSoftmaxCrossEntropyWithLogits,
} from '../kernel_names';
import {softmaxJacobianProduct} from './softmax';

/**
 * TensorFlow's op has two differentiable outputs (tensorflow/python/ops/nn_grad.py):
 *
 *   d features = dloss * backprop  +  (diag(p) - p p^T) dbackprop
 *
 * Its saved backprop would be a constant to the tape, so the first term starts from the inputs
 * again. As in TensorFlow, the second is left out where nobody differentiates backprop.
 */
export const sparseSoftmaxCrossEntropyWithLogitsGradConfig: GradConfig = {
  kernelName: SparseSoftmaxCrossEntropyWithLogits,
  inputsToSave: ['features', 'labels'],
  gradFunc: (dys, saved) => {
    const [dloss, dbackprop] = dys as Tensor[];
    const [features, labels] = saved;
    return {
      features: () => {
        const first = lossGradient(dloss, features, labels);
        return isUnused(dbackprop)
          ? first
          : add(first, softmaxJacobianProduct(features, dbackprop));
      },
      labels: () => zeros(labels.shape),
    };
  },
};

function lossGradient(dy: Tensor, features: Tensor, labels: Tensor): Tensor {
  const [, statistics] = engine().runKernel<Tensor[]>(SparseSoftmaxCrossEntropyLoss, {
    features,
    labels,
  });
  const inputs = {dy, features, labels, statistics};
  return engine().runKernel<Tensor>(SparseSoftmaxCrossEntropyGrad, inputs);
}

/**
 * Whether nobody differentiated backprop: the tape hands zeros then, just made in main memory, where
 * reading them is free on every backend. Under an outer tape zeros prove nothing: what is 0 by value
 * may still depend on what that one differentiates.
 */
function isUnused(dbackprop: Tensor): boolean {
  const {gradientDepth} = engine().state;
  return gradientDepth === 0 && dbackprop.dataSync().every((value) => value === 0);
}
