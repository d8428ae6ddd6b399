/**
 * The strongest composition of public ops that we found; the two experts complete it.
 *
 * On the cpu backend, broadcasting [batch, 1] to [batch, classes] computes an index for each
 * element, which costs more than the exp. tf.softmax, tf.logSoftmax and tf.logSumExp all do so.
 * This composition avoids it, in three passes:
 *
 *   exps = exp(logits)            no shift by the row's maximum, unless a sum tells that it is due
 *   sums = sum(exps)
 *   probabilities = exps / sums   as a batch of matrix products, which scale row by row
 *
 * No op of tf.js sums exponentials in fewer passes than two, or scales rows in less than one.
 */
import * as tf from '@tensorflow/tfjs';

import type {Loss} from '../shapes';

/** The two steps where the labels come in. */
export interface LabelSteps {
  /** logits[i, labels[i]] */
  pick(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor1D;

  /** unit * (probabilities - onehot(labels)), of which the first product is done. */
  finish(
    scaledProbabilities: tf.Tensor2D,
    labels: tf.Tensor1D,
    unit: tf.Scalar,
    losses: tf.Tensor1D,
  ): tf.Tensor2D;
}

export function expert({pick, finish}: LabelSteps): Loss {
  return (labels, logits) => {
    const [batch] = logits.shape;
    const meanLoss = tf.customGrad<tf.Scalar>((x, save) => {
      const {exps, sums, logSumExps} = exponentials(x as tf.Tensor2D);
      const losses = tf.sub(logSumExps, pick(x as tf.Tensor2D, labels));
      (save as tf.GradSaveFunc)([exps, sums, losses]);
      return {
        value: tf.mean(losses),
        gradFunc: (dy, [exps, sums, losses]) => {
          const unit: tf.Scalar = tf.div(dy, batch);
          const scaled = scaleRows(exps as tf.Tensor2D, tf.div(unit, sums));
          return finish(scaled, labels, unit, losses as tf.Tensor1D);
        },
      };
    });
    return meanLoss(logits);
  };
}

/** Plain exponentials where float32 holds their sums; otherwise shifted by the row's maximum. */
function exponentials(logits: tf.Tensor2D) {
  const exps = tf.exp(logits);
  const sums = tf.sum(exps, -1);
  if (scalarOf(tf.min(sums)) > 1e-30 && scalarOf(tf.max(sums)) < Infinity) {
    return {exps, sums, logSumExps: tf.log(sums)};
  }
  const rowMax = tf.max(logits, -1, true);
  const shift = tf.matMul(rowMax, tf.ones([1, logits.shape[1]])); // tf.sub need not broadcast.
  const shiftedExps = tf.exp(tf.sub(logits, shift));
  const shiftedSums = tf.sum(shiftedExps, -1);
  const logSumExps = tf.add(tf.log(shiftedSums), tf.reshape(rowMax, shiftedSums.shape));
  return {exps: shiftedExps, sums: shiftedSums, logSumExps};
}

/** matrix[i, j] * scale[i], which tf.mul would broadcast the slow way. */
function scaleRows(matrix: tf.Tensor2D, scale: tf.Tensor): tf.Tensor2D {
  const [rows, columns] = matrix.shape;
  const products = tf.matMul(
    tf.reshape(scale, [rows, 1, 1]),
    tf.reshape(matrix, [rows, 1, columns]),
  );
  return tf.reshape(products, [rows, columns]);
}

function scalarOf(tensor: tf.Tensor): number {
  return tensor.dataSync()[0];
}
