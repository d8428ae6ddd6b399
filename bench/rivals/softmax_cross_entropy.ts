import * as tf from '@tensorflow/tfjs';

import type {Loss} from '../loss';

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
