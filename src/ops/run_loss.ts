import {engine, type Tensor} from '@tensorflow/tfjs-core';

import {SparseSoftmaxCrossEntropyLoss} from '../kernel_names';

/** The loss of labels and logits that `checkArguments` has passed. */
export function runLoss(labels: Tensor, logits: Tensor): Tensor {
  const inputs = {features: logits, labels};
  const [loss] = engine().runKernel<Tensor[]>(SparseSoftmaxCrossEntropyLoss, inputs);
  return loss;
}
