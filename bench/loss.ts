import type * as tf from '@tensorflow/tfjs';

/** What a contestant computes of labels `[batch]` and logits `[batch, classes]`: the mean loss. */
export type Loss = (labels: tf.Tensor1D, logits: tf.Tensor2D) => tf.Tensor;
