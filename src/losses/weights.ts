/**
 * TensorFlow's rules for shapes. Which last dimension of 1 is dropped:
 * tensorflow/python/ops/confusion_matrix.py. Which weights broadcast:
 * tensorflow/python/ops/weights_broadcast_ops.py.
 */
import type {Tensor, TensorInfo} from '@tensorflow/tfjs-core';

import {InvalidArgumentError, ValueError} from '../errors';

/** A tensor without its last dimension, for checks before any kernel runs. */
function withoutLast({dataId, dtype, shape}: TensorInfo): TensorInfo {
  return {dataId, dtype, shape: shape.slice(0, -1)};
}

/**
 * Drops the superfluous dimension of labels [..., 1] for logits [..., classes], or of logits [...,
 * classes, 1] for labels [...]. Anything else stays, for the op to refuse.
 *
 * remove_squeezable_dimensions with expected_rank_diff = 1.
 */
export function squeezed(
  labels: TensorInfo,
  logits: TensorInfo,
): {labels: TensorInfo; logits: TensorInfo} {
  const difference = logits.shape.length - labels.shape.length;
  return {
    labels: difference === 0 && lastOf(labels) === 1 ? withoutLast(labels) : labels,
    logits: difference === 2 && lastOf(logits) === 1 ? withoutLast(logits) : logits,
  };
}

/**
 * Weights of one rank more than labels lose their last dimension, which must be 1.
 *
 * _remove_squeezable_dimensions (tensorflow/python/ops/losses/losses_impl.py).
 */
export function squeezedWeights(weights: TensorInfo, labels: TensorInfo): TensorInfo {
  const {shape} = weights;
  if (shape.length - labels.shape.length !== 1) return weights;
  if (lastOf(weights) !== 1) {
    throw new InvalidArgumentError(
      `Can not squeeze dim[${shape.length - 1}], expected a dimension of 1, ` +
        `got ${lastOf(weights)}: weights.shape=[${shape}], labels.shape=[${labels.shape}].`,
    );
  }
  return withoutLast(weights);
}

function lastOf({shape}: TensorInfo): number | undefined {
  return shape[shape.length - 1];
}

/** Weights may be left out, which means 1, but must not be null. */
export function checkWeightsGiven(weights: unknown): void {
  if (weights === null) {
    throw new ValueError('Leave `weights` out for no weighting: `weights` must not be null.');
  }
}

/**
 * Weights are a scalar, or have the rank of values with every dimension 1 or equal. Nothing else
 * broadcasts: neither a missing dimension nor a dimension of values that is 1. The message starts
 * with `cure`.
 */
export function assertBroadcastable(weights: TensorInfo, values: TensorInfo, cure = ''): void {
  const isScalar = weights.shape.length === 0;
  if (!isScalar && weights.shape.length !== values.shape.length) {
    throw new ValueError(
      `${cure}weights can not be broadcast to values. values.rank=${values.shape.length}. ` +
        `weights.rank=${weights.shape.length}. values.shape=[${values.shape}]. ` +
        `weights.shape=[${weights.shape}].`,
    );
  }
  const mismatch = weights.shape.findIndex((size, i) => size !== 1 && size !== values.shape[i]);
  if (mismatch >= 0) {
    throw new ValueError(
      `${cure}weights can not be broadcast to values. Mismatch at dim ${mismatch}. ` +
        `values.shape=[${values.shape}], weights.shape=[${weights.shape}].`,
    );
  }
  if (weights.dtype === 'string') {
    throw new InvalidArgumentError(
      'Pass the reduction among the options, {reduction: ...}. ' +
        'Cast string to float is not supported: `weights` are strings.',
    );
  }
}

/** The number of copies of each weight in the weights broadcast to values. */
export function repetitions(weights: Tensor, values: Tensor): number {
  return values.size / weights.size;
}
