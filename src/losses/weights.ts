/**
 * TensorFlow's rules for the shapes of labels, logits and weights of a loss: which last dimension of 1
 * it drops (tensorflow/python/ops/confusion_matrix.py), and which weights broadcast
 * (tensorflow/python/ops/weights_broadcast_ops.py).
 */
import {squeeze, type Tensor, type TensorInfo, type TensorLike} from '@tensorflow/tfjs-core';

import {InvalidArgumentError, ValueError} from '../errors';

/** An argument to be squeezed: what it will be, for the checks, before the kernel that makes it. */
export interface Squeezed {
  readonly info: TensorInfo;
  readonly value: () => Tensor;
}

/**
 * Labels [..., 1] for logits [..., classes], or logits [..., classes, 1] for labels [...]: the one
 * superfluous dimension goes. Anything else stays, for the op to refuse.
 *
 * remove_squeezable_dimensions with expected_rank_diff = 1
 * (tensorflow/python/ops/confusion_matrix.py).
 */
export function squeezedLabelsAndLogits(labels: Tensor, logits: Tensor): [Squeezed, Squeezed] {
  const difference = logits.rank - labels.rank;
  return [
    squeezedLabels(labels, logits),
    difference === 2 && lastOf(logits) === 1 ? withoutLast(logits) : asItIs(logits),
  ];
}

/** Its first half, for logits that are not there. */
export function squeezedLabels(labels: Tensor, logits: TensorInfo): Squeezed {
  const difference = logits.shape.length - labels.rank;
  return difference === 0 && lastOf(labels) === 1 ? withoutLast(labels) : asItIs(labels);
}

/**
 * Weights of one rank more than labels lose their last dimension, which must be 1.
 *
 * _remove_squeezable_dimensions (tensorflow/python/ops/losses/losses_impl.py).
 */
export function squeezedWeights(weights: Tensor, labels: TensorInfo): Squeezed {
  if (weights.rank - labels.shape.length !== 1) return asItIs(weights);
  if (lastOf(weights) !== 1) {
    throw new InvalidArgumentError(
      `Can not squeeze dim[${weights.rank - 1}], expected a dimension of 1, ` +
        `got ${lastOf(weights)}: weights.shape=[${weights.shape}], labels.shape=[${labels.shape}].`,
    );
  }
  return withoutLast(weights);
}

function lastOf({shape}: Tensor): number | undefined {
  return shape[shape.length - 1];
}

function asItIs(tensor: Tensor): Squeezed {
  return {info: tensor, value: () => tensor};
}

function withoutLast(tensor: Tensor): Squeezed {
  const {dataId, dtype, shape, rank} = tensor;
  const info = {dataId, dtype, shape: shape.slice(0, -1)};
  return {info, value: () => squeeze(tensor, [rank - 1])};
}

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
      'Pass the reduction among the options, {reduction: ...}. ' +
        'Cast string to float is not supported: `weights` are strings.',
    );
  }
}

/** How often each weight stands in the weights broadcast to values. */
export function repetitions(weights: Tensor, values: Tensor): number {
  return values.size / weights.size;
}
