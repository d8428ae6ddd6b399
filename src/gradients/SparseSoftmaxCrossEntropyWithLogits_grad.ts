import {add, engine, type GradConfig, type Tensor} from '@tensorflow/tfjs-core';

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
        return isZero(dbackprop) ? first : add(first, softmaxJacobianProduct(features, dbackprop));
      },
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
 * The tape hands zeros for an output that nobody differentiated. It has just made them in main
 * memory, where reading them is free on every backend.
 */
function isZero(dy: Tensor): boolean {
  return dy.dataSync().every((value) => value === 0);
}
