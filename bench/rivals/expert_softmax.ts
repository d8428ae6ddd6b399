/**
 * The strongest composition where tf.softmax is one native kernel, as on the tensorflow backend.
 *
 * One softmax serves both passes. The forward pass needs no other sum: with p the largest
 * probability of a row, sum_j exp(x[j] - max) = 1 / p, so
 *
 *   loss = max - x[label] - log(p)
 */
import * as tf from '@tensorflow/tfjs';

import type {Loss} from '../shapes';
import type {LabelSteps} from './expert';

export function expertSoftmax({pick, finish}: LabelSteps): Loss {
  return (labels, logits) => {
    const [batch] = logits.shape;
    const meanLoss = tf.customGrad<tf.Scalar>((x, save) => {
      const matrix = x as tf.Tensor2D;
      const probabilities = tf.softmax(matrix);
      const losses = tf.sub(
        tf.sub(tf.max(matrix, -1), pick(matrix, labels)),
        tf.log(tf.max(probabilities, -1)),
      );
      (save as tf.GradSaveFunc)([probabilities, losses]);
      return {
        value: tf.mean(losses),
        gradFunc: (dy, [probabilities, losses]) => {
          const unit: tf.Scalar = tf.div(dy, batch);
          const scaled = tf.mul(probabilities, unit) as tf.Tensor2D;
          return finish(scaled, labels, unit, losses as tf.Tensor1D);
        },
      };
    });
    return meanLoss(logits);
  };
}
