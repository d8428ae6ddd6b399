/** TensorFlow's rules for weights: tensorflow/python/ops/weights_broadcast_ops.py. */
import type {Tensor, TensorInfo, TensorLike} from '@tensorflow/tfjs-core';

import {InvalidArgumentError, ValueError} from '../errors';

/** Weights may be left out, which is 1, but not be null. */
export function checkWeightsGiven(weights: number | Tensor | TensorLike): void {
  if (weights === null) {
    throw new ValueError('`weights` must not be null: use 1 to weight nothing.');
  }
}

/**
 * Weights are a scalar, or have the rank of values with every dimension 1 or equal. Nothing else
 * broadcasts: neither a missing dimension nor a dimension of values that is 1.
 */
export function assertBroadcastable(weights: TensorInfo, values: TensorInfo): void {
  const isScalar = weights.shape.length === 0;
  if (!isScalar && weights.shape.length !== values.shape.length) {
    throw new ValueError(
      `weights can not be broadcast to values. values.rank=${values.shape.length}. ` +
        `weights.rank=${weights.shape.length}. values.shape=[${values.shape}]. ` +
        `weights.shape=[${weights.shape}].`,
    );
  }
  const mismatch = weights.shape.findIndex((size, i) => size !== 1 && size !== values.shape[i]);
  if (mismatch >= 0) {
    throw new ValueError(
      `weights can not be broadcast to values. Mismatch at dim ${mismatch}. ` +
        `values.shape=[${values.shape}], weights.shape=[${weights.shape}].`,
    );
  }
  if (weights.dtype === 'string') {
    throw new InvalidArgumentError(
      'Cast string to float is not supported: `weights` are strings. ' +
        'A reduction goes into the options, after the weights: {reduction: ...}.',
    );
  }
}

/** How often each weight stands in the weights broadcast to values. */
export function repetitions(weights: Tensor, values: Tensor): number {
  return values.size / weights.size;
}
