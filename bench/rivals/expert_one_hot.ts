import * as tf from '@tensorflow/tfjs';

import {expert, type LabelSteps} from './expert';

/**
 * Takes the labels one-hot: a dot product with each row of logits, and one subtraction. With few
 * classes that is cheaper than an index per row.
 */
export const oneHot: LabelSteps = {
  pick: (logits, labels) => {
    const [batch, classes] = logits.shape;
    const target = hot(labels, classes, 1);
    const dots = tf.matMul(
      tf.reshape(logits, [batch, 1, classes]),
      tf.reshape(target, [batch, classes, 1]),
    );
    return tf.reshape(dots, [batch]);
  },

  finish: (scaledProbabilities, labels, unit) => {
    const target = hot(labels, scaledProbabilities.shape[1], unit.dataSync()[0]);
    return tf.sub(scaledProbabilities, target);
  },
};

/**
 * float32: `value` at the label. tf.js's wasm writes the bits of an integer whatever it is asked
 * for.
 */
function hot(labels: tf.Tensor1D, classes: number, value: number): tf.Tensor {
  return tf.getBackend() === 'wasm'
    ? tf.mul(tf.cast(tf.oneHot(labels, classes), 'float32'), value)
    : tf.oneHot(labels, classes, value, 0, 'float32');
}

export const expertOneHot = expert(oneHot);
