// A model that sees a few tokens and guesses the next: an embedding, a hidden layer, and an output
// layer whose logits are never held while it learns.
import * as tf from '@tensorflow/tfjs';
import {losses} from 'tfjs-sparse-softmax-cross-entropy';

export const CONTEXT = 3; // The model sees so many tokens and guesses the next one.
const EMBEDDING = 32;
const HIDDEN = 24;

/**
 * tf.gather of rows with a gradient that adds up where tokens are, by tf.scatterND. tf.js's own
 * gradient of tf.gather walks the whole vocabulary.
 */
function lookUp(embedding, tokens) {
  return tf.customGrad((embedding, save) => {
    save([tokens]);
    const {shape} = embedding;
    return {
      value: tf.gather(embedding, tokens),
      gradFunc: (dy, [tokens]) => tf.scatterND(tf.expandDims(tokens, -1), dy, shape),
    };
  })(embedding);
}

/** `loss(contexts, labels)` and `logits(contexts)` of contexts int32 [n, CONTEXT], labels int32 [n]. */
export function createModel(vocabularySize) {
  const normal = (rows, columns, scale, seed) =>
    tf.variable(tf.randomNormal([rows, columns], 0, scale, 'float32', seed));
  const embedding = normal(vocabularySize, EMBEDDING, 1, 1);
  const hidden = normal(CONTEXT * EMBEDDING, HIDDEN, 1 / Math.sqrt(CONTEXT * EMBEDDING), 2);
  // Zeros: at first each token is as likely as any other, and the loss is ln 50257.
  const output = tf.variable(tf.zeros([HIDDEN, vocabularySize]));
  /** float32 [n, HIDDEN]. */
  const features = (contexts) => {
    const codes = tf.reshape(lookUp(embedding, contexts), [-1, CONTEXT * EMBEDDING]);
    return tf.relu(tf.matMul(codes, hidden));
  };
  return {
    loss: (contexts, labels) =>
      losses.linearSparseSoftmaxCrossEntropy(labels, features(contexts), output),
    logits: (contexts) => tf.matMul(features(contexts), output),
  };
}
