import {
  engine,
  expandDims,
  type GradConfig,
  mul,
  onesLike,
  sum,
  type Tensor,
  zeros,
  zerosLike,
} from '@tensorflow/tfjs-core';

import {SparseSoftmaxCrossEntropyGrad} from '../kernel_names';
import {softmaxJacobianProduct} from './softmax';

/**
 * Second order and above. The kernel computes, with p = softmax(features),
 *
 *   g = dy * (p - onehot)
 *
 * so for an upstream gradient v of g
 *
 *   d dy       = sum(v * (p - onehot))                 which is the kernel again, with dy = 1
 *   d features = (diag(p) - p p^T) (dy * v)
 *
 * How the statistics follow from features is already in d features: to the tape they are
 * constants, and their gradient is 0.
 */
export const sparseSoftmaxCrossEntropyGradGradConfig: GradConfig = {
  kernelName: SparseSoftmaxCrossEntropyGrad,
  inputsToSave: ['dy', 'features', 'labels', 'statistics'],
  gradFunc: (upstream, saved) => {
    const v = upstream as Tensor;
    const [dy, features, labels, statistics] = saved;
    return {
      dy: () => {
        const inputs = {dy: onesLike(dy), features, labels, statistics};
        return sum(mul(v, engine().runKernel<Tensor>(SparseSoftmaxCrossEntropyGrad, inputs)), -1);
      },
      features: () => softmaxJacobianProduct(features, mul(v, expandDims(dy, -1))),
      labels: () => zeros(labels.shape),
      statistics: () => zerosLike(statistics),
    };
  },
};
