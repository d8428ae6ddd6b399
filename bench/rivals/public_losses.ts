/** The losses that users of tf.js write today. */
import * as tf from '@tensorflow/tfjs';

import type {Loss} from '../shapes';

/**
 * The documented way: tf.js's only softmax cross entropy wants its labels one-hot. It keeps the
 * one-hot matrix and the log probabilities until the gradient is done.
 */
export const softmaxCrossEntropy: Loss = (labels, logits) =>
  tf.losses.softmaxCrossEntropy(tf.oneHot(labels, logits.shape[1]), logits);

/** The same with smoothed labels, to check ours with. */
export function smoothedSoftmaxCrossEntropy(labelSmoothing: number): Loss {
  return (labels, logits) =>
    tf.losses.softmaxCrossEntropy(tf.oneHot(labels, logits.shape[1]), logits, 1, labelSmoothing);
}

/**
 * The textbook formula, as found in many training loops: log probabilities, masked by the one-hot
 * labels and summed. The tape differentiates the mask and the sum as well, one matrix each.
 */
export const logSoftmax: Loss = (labels, logits) => {
  const target = tf.oneHot(labels, logits.shape[1]);
  const losses = tf.sum(tf.mul(target, tf.logSoftmax(logits)), -1);
  return tf.neg(tf.mean<tf.Scalar>(losses));
};
