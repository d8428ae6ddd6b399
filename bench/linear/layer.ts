/** A last layer: its inputs, the ways to its loss, and what is measured of each. */
import * as tf from '@tensorflow/tfjs';
import {losses} from 'tfjs-sparse-softmax-cross-entropy';

import {softmaxCrossEntropy} from '../rivals/public_losses';

export interface LayerCase {
  readonly batch: number;
  readonly units: number;
  readonly classes: number;
  /** A kernel [classes, units], as an embedding has it. */
  readonly transposeKernel: boolean;
  /** Or for its memory alone. */
  readonly isTimed: boolean;
}

export interface LayerInputs extends Pick<LayerCase, 'transposeKernel'> {
  readonly labels: tf.Tensor1D;
  readonly inputs: tf.Tensor2D;
  readonly kernel: tf.Tensor2D;
}

/** The same on every run; logits are N(0, 3). */
export function makeLayerInputs(layerCase: LayerCase): LayerInputs {
  const {batch, units, classes, transposeKernel} = layerCase;
  const spread = 3 / Math.sqrt(units);
  const kernelShape: [number, number] = transposeKernel ? [classes, units] : [units, classes];
  const tensors = tf.tidy(() => ({
    // Added up, so that they are where a model leaves them: on webgl, in a packed texture.
    inputs: tf.add(tf.randomNormal([batch, units], 0, 1, 'float32', 1), 0),
    kernel: tf.add(tf.randomNormal(kernelShape, 0, spread, 'float32', 2), 0),
    labels: tf.randomUniformInt([batch], 0, classes, 3),
  }));
  return {...tensors, transposeKernel} as unknown as LayerInputs;
}

export interface LayerContestant {
  readonly name: 'matMul and the loss' | 'linear' | 'matMul and one-hot';
  readonly description: string;
  readonly loss: (layer: LayerInputs) => tf.Tensor;
}

const logitsOf = ({inputs, kernel, transposeKernel}: LayerInputs): tf.Tensor2D =>
  tf.matMul(inputs, kernel, false, transposeKernel);

export const plain: LayerContestant = {
  name: 'matMul and the loss',
  description: '`losses.sparseSoftmaxCrossEntropy(labels, tf.matMul(inputs, kernel))`',
  loss: (layer) => losses.sparseSoftmaxCrossEntropy(layer.labels, logitsOf(layer)),
};

export const linear: LayerContestant = {
  name: 'linear',
  description:
    '`losses.linearSparseSoftmaxCrossEntropy(labels, inputs, kernel)`, chunks of the default size',
  loss: ({labels, inputs, kernel, transposeKernel}) =>
    losses.linearSparseSoftmaxCrossEntropy(labels, inputs, kernel, {transposeKernel}),
};

export const oneHot: LayerContestant = {
  name: 'matMul and one-hot',
  description:
    '`tf.losses.softmaxCrossEntropy(tf.oneHot(labels, classes), tf.matMul(inputs, kernel))`',
  loss: (layer) => softmaxCrossEntropy(layer.labels, logitsOf(layer)),
};

/** A type alias, because tf.tidy takes no interfaces. */
export type LayerOutcome = {
  readonly loss: tf.Tensor;
  readonly gradients: tf.Tensor[];
};

export type LayerMode = (contestant: LayerContestant, layer: LayerInputs) => LayerOutcome;

/** As bench/modes.ts; the gradients are those of a training step, for inputs and kernel. */
export const layerModes: ReadonlyMap<string, LayerMode> = new Map<string, LayerMode>([
  ['Forward', ({loss}, layer) => ({loss: loss(layer), gradients: []})],
  [
    'Forward + gradient',
    ({loss}, layer) => {
      const {value, grads} = tf.valueAndGrads((inputs: tf.Tensor, kernel: tf.Tensor) =>
        loss({...layer, inputs: inputs as tf.Tensor2D, kernel: kernel as tf.Tensor2D}),
      )([layer.inputs, layer.kernel]);
      return {loss: value, gradients: grads};
    },
  ],
]);
