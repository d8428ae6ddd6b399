/** The two ways in which an expert takes the labels in. */
import * as tf from '@tensorflow/tfjs';

import type {LabelSteps} from './expert';

/**
 * Touches only the labels' own elements, by their index in the flat matrix: gathers their logits,
 * and overwrites their gradient. That is dear per row and free per class, so it suits many classes.
 */
export const indexed: LabelSteps = {
  pick: (logits, labels) =>
    tf.gather(tf.reshape(logits, [-1]), flatIndices(labels, logits.shape[1])),

  // probability - 1 = exp(-loss) - 1
  finish: (scaledProbabilities, labels, unit, losses) => {
    const indices = flatIndices(labels, scaledProbabilities.shape[1]);
    const updated = tf.tensorScatterUpdate(
      tf.reshape(scaledProbabilities, [-1]),
      tf.reshape(indices, [-1, 1]),
      tf.mul(unit, tf.expm1(tf.neg(losses))),
    );
    return tf.reshape(updated, scaledProbabilities.shape);
  },
};

function flatIndices(labels: tf.Tensor1D, classes: number): tf.Tensor1D {
  const rows = tf.range(0, labels.size, 1, 'int32');
  return tf.add(tf.mul(rows, tf.scalar(classes, 'int32')), labels);
}

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
