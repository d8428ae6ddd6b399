import * as tf from '@tensorflow/tfjs';

import type {Loss} from '../loss';

/**
 * The textbook formula, as found in many training loops: log probabilities, masked by the one-hot
 * labels and summed. The tape differentiates the mask and the sum as well, one matrix each.
 */
export const logSoftmax: Loss = (labels, logits) => {
  const target = tf.oneHot(labels, logits.shape[1]);
  const losses = tf.sum(tf.mul(target, tf.logSoftmax(logits)), -1);
  return tf.neg(tf.mean<tf.Scalar>(losses));
};
