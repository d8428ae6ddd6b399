/** A last layer to measure, and its inputs. */
import * as tf from '@tensorflow/tfjs';

export interface LayerCase {
  readonly batch: number;
  readonly units: number;
  readonly classes: number;
  /** Or for its memory alone. */
  readonly isTimed: boolean;
}

export interface LayerInputs {
  readonly labels: tf.Tensor1D;
  readonly inputs: tf.Tensor2D;
  readonly kernel: tf.Tensor2D;
}

/** The same on every run; logits are N(0, 3). */
export function makeLayerInputs({batch, units, classes}: LayerCase): LayerInputs {
  const spread = 3 / Math.sqrt(units);
  return tf.tidy(() => ({
    // Added up, so that they are where a model leaves them: on webgl, in a packed texture.
    inputs: tf.add(tf.randomNormal([batch, units], 0, 1, 'float32', 1), 0) as tf.Tensor2D,
    kernel: tf.add(tf.randomNormal([units, classes], 0, spread, 'float32', 2), 0) as tf.Tensor2D,
    labels: tf.randomUniformInt([batch], 0, classes, 3),
  })) as unknown as LayerInputs;
}
