import {
  type GradConfig,
  mul,
  onesLike,
  reshape,
  type Tensor,
  zeros,
  zerosLike,
} from '@tensorflow/tfjs-core';

import {
  SparseSoftmaxCrossEntropyGrad,
  type SparseSoftmaxCrossEntropyGradAttrs,
} from '../kernel_names';
import {runGrad} from '../run_kernels';
import {broadcast, sumTo} from './sums';
import {hessianProduct} from './softmax';

/**
 * Second order and above. With p = softmax(features), a target t that does not depend on features,
 * and a' = 1 + 2 zLoss lse, the kernel computes
 *
 *   g = dy * (a' p - t)
 *
 * so for an upstream gradient v of g
 *
 *   d dy       = sum(v * (a' p - t))                     which is the kernel again, with dy = 1
 *   d features = H (dy * v)                              H the Hessian of the loss
 *
 * Statistics depend on features, and the formula of H includes it. So to the tape they are
 * constants, and their gradient is 0.
 */
export const sparseSoftmaxCrossEntropyGradGradConfig: GradConfig = {
  kernelName: SparseSoftmaxCrossEntropyGrad,
  inputsToSave: ['dy', 'features', 'labels', 'statistics'],
  gradFunc: (upstream, saved, attrs) => {
    const v = upstream as Tensor;
    const [dy, features, labels, statistics] = saved;
    const options = attrs as SparseSoftmaxCrossEntropyGradAttrs;
    const row = {features, labels, statistics};
    const rows = [...dy.shape, 1];
    const sumOfRows = (x: Tensor) => reshape(sumTo(x, rows), dy.shape);
    const ofRow = () => broadcast(reshape(dy, rows), v.shape);
    return {
      dy: () => sumOfRows(mul(v, runGrad({dy: onesLike(dy), ...row}, options))),
      features: () => hessianProduct(row, options, mul(v, ofRow())),
      labels: () => zeros(labels.shape),
      statistics: () => zerosLike(statistics),
    };
  },
};
