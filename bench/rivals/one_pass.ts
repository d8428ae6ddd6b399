import * as tf from '@tensorflow/tfjs';

import type {Loss} from '../loss';

/**
 * Not a rival but a measure: what it takes to read the logits once and write as many numbers, and
 * once more where a gradient is asked for. Of the numbers one comes back, so that a GPU can be
 * waited for.
 */
export const onePass: Loss = (_, logits) =>
  tf.customGrad((x) => ({
    value: tf.slice(tf.neg(x as tf.Tensor), [0, 0], [1, 1]),
    gradFunc: () => tf.neg(x as tf.Tensor),
  }))(logits);
