import type * as tf from '@tensorflow/tfjs';

/** A contestant: the mean loss of labels `[batch]` and logits `[batch, classes]`. */
export type Loss = (labels: tf.Tensor1D, logits: tf.Tensor2D) => tf.Tensor;
