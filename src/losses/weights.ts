/** TensorFlow's rules for weights: tensorflow/python/ops/weights_broadcast_ops.py. */
import {Tensor, tensor, type TensorInfo, type TensorLike} from '@tensorflow/tfjs-core';

import {InvalidArgumentError, ValueError} from '../errors';

/** Weights as they are used: a number stays one, which spares its tensor and kernels on it. */
export function convertWeights(weights: number | Tensor | TensorLike): number | Tensor {
  if (weights == null) {
    throw new ValueError('`weights` must not be null: use 1 to weight nothing.');
  }
  if (typeof weights === 'number') return weights;
  if (!(weights instanceof Tensor)) return tensor(weights);
  if (weights.isDisposed) throw new ValueError('`weights` is a disposed tensor.');
  return weights;
}

/**
 * Weights are a scalar, or have the rank of values with every dimension 1 or equal. Nothing else
 * broadcasts: neither a missing dimension nor a dimension of values that is 1.
 */
export function assertBroadcastable(weights: number | TensorInfo, values: TensorInfo): void {
  if (typeof weights === 'number') return;
  if (weights.dtype === 'string') {
    throw new InvalidArgumentError('Cast string to float is not supported: `weights` are strings.');
  }
  if (weights.shape.length === 0) return;
  if (weights.shape.length !== values.shape.length) {
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
}

/** How often each weight stands in the weights broadcast to values. */
export function repetitions(weights: Tensor, values: Tensor): number {
  return values.size === 0 ? 0 : values.size / weights.size;
}
