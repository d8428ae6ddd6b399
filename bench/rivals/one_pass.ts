import * as tf from '@tensorflow/tfjs';

import type {Loss} from '../loss';

/**
 * A measure for the contestants: the time to read the logits once and write as many numbers, and to
 * do so again for a gradient. It returns one of the numbers, so that the caller can wait for a GPU.
 */
export const onePass: Loss = (_, logits) =>
  tf.customGrad((x) => ({
    value: tf.slice(tf.neg(x as tf.Tensor), [0, 0], [1, 1]),
    gradFunc: () => tf.neg(x as tf.Tensor),
  }))(logits);
