/** Two ways to the loss of a last layer: with its logits, and without. */
import * as tf from '@tensorflow/tfjs';
import {losses} from 'tfjs-sparse-softmax-cross-entropy';

import type {LayerInputs} from './layer_case';

export interface LayerContestant {
  readonly name: 'matMul and the loss' | 'linear';
  readonly description: string;
  readonly loss: (layer: LayerInputs) => tf.Scalar;
}

export const plain: LayerContestant = {
  name: 'matMul and the loss',
  description: '`losses.sparseSoftmaxCrossEntropy(labels, tf.matMul(inputs, kernel))`',
  loss: ({labels, inputs, kernel}) =>
    losses.sparseSoftmaxCrossEntropy(labels, tf.matMul(inputs, kernel)),
};

export const linear: LayerContestant = {
  name: 'linear',
  description:
    '`losses.linearSparseSoftmaxCrossEntropy(labels, inputs, kernel)`, chunks of the default size',
  loss: ({labels, inputs, kernel}) =>
    losses.linearSparseSoftmaxCrossEntropy(labels, inputs, kernel),
};
