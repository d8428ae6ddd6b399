import * as tf from '@tensorflow/tfjs';
import {losses} from 'tfjs-sparse-softmax-cross-entropy';

/** The mean loss of `{images, labels}`, a number in nats. */
export const lossOf = (model, {images, labels}) =>
  tf.tidy(() => losses.sparseSoftmaxCrossEntropy(labels, model.predict(images)).dataSync()[0]);
