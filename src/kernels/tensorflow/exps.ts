/** The exponentials of a matrix of logits, after subtracting each row's shift. */
import {tensor2d, type Tensor, type TensorInfo} from '@tensorflow/tfjs-core';

import type {TensorFlowOps} from './tensorflow_ops';

/**
 * [batch, classes] -> exp(x - shift) of the same shape. Without shifts this takes one pass over the
 * logits and one matrix, otherwise two of each.
 */
export function expsOf(ops: TensorFlowOps, logits: TensorInfo, shifts?: Float32Array): Tensor {
  if (shifts === undefined) return ops.exp(logits);
  const shifted = ops.sub(logits, column(shifts));
  return insteadOf(shifted, ops.exp(shifted));
}

/** [batch, 1]. */
export function column(values: Float32Array): Tensor {
  return tensor2d(values, [values.length, 1]);
}

/** Disposes the tensor that `next` was made from, before another matrix is made. */
export function insteadOf(old: Tensor, next: Tensor): Tensor {
  old.dispose();
  return next;
}
