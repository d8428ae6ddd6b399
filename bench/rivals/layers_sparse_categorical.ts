import * as tf from '@tensorflow/tfjs';

import type {Loss} from '../shapes';

/**
 * The loss of `model.compile({loss: 'sparseCategoricalCrossentropy'})` after a layer with a softmax
 * activation. tf.layers does not export it, so this repeats it op by op:
 * `sparseCategoricalCrossentropy` and `categoricalCrossentropy` of tfjs-layers/src/losses.ts. It
 * clips probabilities to [1e-7, 1 - 1e-7], twice. A label less likely than that costs 16.1 nats and
 * no more, and has no gradient.
 */
export const layersSparseCategorical: Loss = (labels, logits) => {
  const probabilities = clip(tf.softmax(logits));
  const target = tf.oneHot(classIds(labels), logits.shape[1]);
  const normalized = tf.div(probabilities, tf.sum(probabilities, 1, true));
  const logs = tf.log(clip(normalized));
  return tf.mean(tf.neg(tf.sum(tf.mul(tf.cast(target, 'float32'), logs), 1)));
};

function clip(probabilities: tf.Tensor): tf.Tensor {
  const epsilon = tf.backend().epsilon();
  return tf.clipByValue(probabilities, epsilon, 1 - epsilon);
}

/** tf.layers takes labels as float32; on int32 its tf.floor would throw. */
function classIds(labels: tf.Tensor1D): tf.Tensor1D {
  return tf.cast(tf.floor(tf.cast(labels, 'float32')), 'int32');
}
