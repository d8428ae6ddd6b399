/** A linear layer with labels and the reduction of its losses. */
import {reshape, Tensor, Variable} from '@tensorflow/tfjs-core';

import type {ChunkedLayer} from './chunks';

/** A layer with inputs [..., units] and labels [...], and the reduction of its losses [...]. */
export interface LinearLoss extends ChunkedLayer {
  readonly weights: number | Tensor;
  /** Weights and reduces, and can be differentiated for losses and weights. */
  readonly reduce: (losses: Tensor, weights: number | Tensor, labels: Tensor) => Tensor;
  readonly isScalar: boolean;
}

/** The loss, and int32 predictions of the shape of labels if they are asked for. */
export interface LossOutputs {
  readonly loss: Tensor;
  readonly predictions: Tensor | undefined;
}

/** The tensors that have a gradient, in the order of a node's inputs. */
const VARIABLES = ['inputs', 'kernel', 'bias', 'weights'] as const;
export type LossVariable = (typeof VARIABLES)[number];

/** Whether it is a tf.Variable that no optimizer trains. */
export function isFrozen(loss: LinearLoss, variable: LossVariable): boolean {
  const tensor = loss[variable];
  return tensor instanceof Variable && !tensor.trainable;
}

/** The names of the variables that are tensors. */
export function variablesOf(loss: LinearLoss): LossVariable[] {
  return VARIABLES.filter((variable) => loss[variable] instanceof Tensor);
}

export function tensorsOf(loss: LinearLoss, of: readonly LossVariable[]): Tensor[] {
  return of.map((variable) => loss[variable]).filter((x) => x instanceof Tensor);
}

/** The same loss with other tensors, given in the order of `of`. */
export function withTensors(
  loss: LinearLoss,
  of: readonly LossVariable[],
  tensors: readonly Tensor[],
): LinearLoss {
  const changed: Partial<Record<LossVariable, Tensor>> = {};
  of.forEach((variable, i) => (changed[variable] = tensors[i]));
  return {...loss, ...changed};
}

/** Inputs as [batch, units], labels as [batch]. */
export function asMatrix<L extends ChunkedLayer>(layer: L): L {
  const {inputs, labels} = layer;
  const units = inputs.shape[inputs.rank - 1];
  return {
    ...layer,
    inputs: reshape(inputs, [labels.size, units]),
    labels: reshape(labels, [labels.size]),
  };
}
