import {type TensorInfo, util} from '@tensorflow/tfjs-core';

/**
 * Up to so many logits TensorFlow's own op makes loss and gradient in one, and its backprop is the
 * statistics.
 *
 * Calling an op costs 10 to 20 microseconds before it computes anything. Below, that decides: one op
 * against five. Above, what decides is that TensorFlow's own op takes two to four times as long as
 * its Exp and Sum.
 */
export const MAX_SIZE_FOR_NATIVE_OP = 16384;

/** InplaceSub counts rows in int32, and every logit is a row to it. */
const MAX_INT32 = 2 ** 31 - 1;

export function usesNativeOp({shape}: TensorInfo): boolean {
  const size = util.sizeFromShape(shape);
  return size <= MAX_SIZE_FOR_NATIVE_OP || size > MAX_INT32;
}
