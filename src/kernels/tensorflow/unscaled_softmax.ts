import type {Tensor, TensorInfo} from '@tensorflow/tfjs-core';

import {sizesOf} from '../../kernel_names';
import {checkStatistics} from '../check_statistics';
import type {TensorFlowOps} from './tensorflow_ops';

/** softmax = weights / sums + labelShare * onehot(labels). */
export interface UnscaledSoftmax {
  /** [batch, classes]. */
  readonly weights: TensorInfo;
  /** The weights again where they are a matrix of the caller's own; otherwise they are the statistics. */
  readonly own?: Tensor;
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
    const own = ops.exp(logits);
    return {weights: own, own, sums: ops.reshape(statistics, [batch, 1]), labelShare: 0};
  }
  checkStatistics(statistics, [2, 1, batch]);
  const own = ops.softmax(logits);
  return {weights: own, own, labelShare: 0};
}
