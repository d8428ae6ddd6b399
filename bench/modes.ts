/** The two things that are measured. Neither reads anything back. */
import * as tf from '@tensorflow/tfjs';

import type {Inputs, Loss} from './shapes';

export interface Outcome {
  readonly loss: tf.Tensor;
  readonly gradient?: tf.Tensor;
}

export type Mode = (loss: Loss, inputs: Inputs) => Outcome;

/** As in evaluation. */
const forward: Mode = (loss, {labels, logits}) => ({loss: loss(labels, logits)});

/** As in training. */
const forwardAndGradient: Mode = (loss, {labels, logits}) => {
  const {value, grad} = tf.valueAndGrad((x: tf.Tensor2D) => loss(labels, x))(logits);
  return {loss: value, gradient: grad};
};

export const modes: ReadonlyMap<string, Mode> = new Map([
  ['Forward', forward],
  ['Forward + gradient', forwardAndGradient],
]);
