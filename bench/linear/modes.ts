/** As bench/modes.ts; the gradients are those of a training step, for inputs and kernel. */
import * as tf from '@tensorflow/tfjs';

import type {LayerContestant} from './contestants';
import type {LayerInputs} from './layer_case';

export interface LayerOutcome {
  readonly loss: tf.Tensor;
  readonly gradients: readonly tf.Tensor[];
}

export type LayerMode = (contestant: LayerContestant, layer: LayerInputs) => LayerOutcome;

const forward: LayerMode = ({loss}, layer) => ({loss: loss(layer), gradients: []});

const forwardAndGradient: LayerMode = ({loss}, layer) => {
  const {value, grads} = tf.valueAndGrads((inputs: tf.Tensor, kernel: tf.Tensor) =>
    loss({...layer, inputs: inputs as tf.Tensor2D, kernel: kernel as tf.Tensor2D}),
  )([layer.inputs, layer.kernel]);
  return {loss: value, gradients: grads};
};

export const layerModes: ReadonlyMap<string, LayerMode> = new Map([
  ['Forward', forward],
  ['Forward + gradient', forwardAndGradient],
]);
