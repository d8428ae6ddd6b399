/** Which of TensorFlow's ops serve a matrix of logits best, by its size. */
import type {TensorInfo} from '@tensorflow/tfjs-core';

import {sizesOf} from '../../kernel_names';

/**
 * Up to so many logits TensorFlow's own op makes loss and gradient in one, and its backprop is the
 * statistics.
 *
 * Calling an op costs 10 to 20 microseconds before it computes anything. Below, that decides: one op
 * against five. Above, what decides is that TensorFlow's own op takes two to four times as long as
 * its Exp and Sum.
 */
export const MAX_SIZE_FOR_NATIVE_OP = 16384;

/**
 * Up to so many classes the gradient subtracts a target from every logit. OneHot and the subtraction
 * cost about 1 ns a logit; to find the label's entry by its index costs 30 ns a row.
 */
const MAX_CLASSES_FOR_ONE_HOT = 16;

/** An index counts logits in int32. */
const MAX_INT32 = 2 ** 31 - 1;

export function usesNativeOp(features: TensorInfo): boolean {
  const {batch, numClasses} = sizesOf(features);
  return batch * numClasses <= MAX_SIZE_FOR_NATIVE_OP;
}

export function usesOneHot(features: TensorInfo): boolean {
  const {batch, numClasses} = sizesOf(features);
  return numClasses <= MAX_CLASSES_FOR_ONE_HOT || batch * numClasses > MAX_INT32;
}
