import type {Tensor, TensorInfo} from '@tensorflow/tfjs-core';

import {sizesOf} from '../../sizes';
import {checkStatistics} from '../check_statistics';
import type {TensorFlowOps} from './tensorflow_ops';

/** softmax = weights / sums + labelShare * onehot(labels). */
export interface UnscaledSoftmax {
  /** [batch, classes]: the statistics themselves, or a matrix of the caller's own. */
  readonly weights: TensorInfo;
  /** [batch, 1]; undefined where all are 1. */
  readonly sums?: Tensor;
  readonly labelShare: number;
}

/** From the statistics of Loss, whose rank tells how Loss came to them: see row_losses.ts. */
export function unscaledSoftmax(
  ops: TensorFlowOps,
  features: TensorInfo,
  statistics: TensorInfo,
): UnscaledSoftmax {
  const {batch, numClasses} = sizesOf(features);
  const rank = statistics.shape.length;
  if (rank === 2) {
    checkStatistics(statistics, [batch, numClasses]);
    return {weights: statistics, labelShare: 1}; // backprop = softmax - onehot(labels)
  }
  const isMatrix = features.shape.length === 2;
  const logits = isMatrix ? features : ops.reshape(features, [batch, numClasses]);
  if (rank === 1) {
    checkStatistics(statistics, [batch]);
    return {weights: ops.exp(logits), sums: ops.reshape(statistics, [batch, 1]), labelShare: 0};
  }
  checkStatistics(statistics, [2, 1, batch]);
  return {weights: ops.softmax(logits), labelShare: 0};
}
