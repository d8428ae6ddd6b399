import * as tf from '@tensorflow/tfjs';

export interface Shape {
  readonly batch: number;
  readonly classes: number;
}

export interface Inputs {
  readonly labels: tf.Tensor1D;
  readonly logits: tf.Tensor2D;
}

/** The mean loss of labels `[batch]` and logits `[batch, classes]`. */
export type Loss = (labels: tf.Tensor1D, logits: tf.Tensor2D) => tf.Tensor;

/** The same logits, N(0, 3), and the same labels on every run. */
export function makeInputs({batch, classes}: Shape): Inputs {
  return tf.tidy(() => ({
    // Added up, so that they are where a model leaves them: on webgl, in a packed texture.
    logits: tf.add(tf.randomNormal([batch, classes], 0, 3, 'float32', 1), 0) as tf.Tensor2D,
    labels: tf.randomUniformInt([batch], 0, classes, 2),
  })) as unknown as Inputs;
}
