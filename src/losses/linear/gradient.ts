/**
 * The loss of a linear layer on the tape: one node from inputs, kernel, bias and weights to the loss.
 *
 * A reduction is linear in the losses of the rows. So the gradient of a scalar loss for each of them
 * is known before any of them is, but for the factor dy that comes from above:
 *
 *   loss = R(losses, weights),   d losses = dy * dR / d losses,   dR / d losses free of losses
 *
 * The gradients are made with the losses, chunk by chunk, while the logits are there, and are
 * multiplied by dy on the way back. That takes as many matrix products as without chunks. Where
 * nothing is reduced each row has a dy of its own, and the way back makes the logits again.
 */
import {
  clone,
  customGrad,
  engine,
  grad,
  grads,
  type GradSaveFunc,
  mul,
  reshape,
  type Tensor,
  zeros,
} from '@tensorflow/tfjs-core';

import {differentiableLoss} from '../../gradients/loss';
import {broadcast} from '../../gradients/sums';
import {offTape, onOwnTape} from '../../gradients/tape';
import {type ChunkedLayer, chunkedLosses, chunkedLossesAndGradients} from './chunks';
import {logitsOf} from './layer';

/** A layer with inputs [..., units] and labels [...], and what becomes of its losses [...]. */
export interface LinearLoss extends ChunkedLayer {
  readonly weights: number | Tensor;
  /** Weights and reduces, and can be differentiated for losses and weights. */
  readonly reduce: (losses: Tensor, weights: number | Tensor, labels: Tensor) => Tensor;
  readonly isScalar: boolean;
}

/** float32, a scalar or of the shape of labels; differentiable to any order. */
export function linearLoss(loss: LinearLoss): Tensor {
  if (!engine().isTapeOn()) return valueOf(loss);
  // Before the node: what its function makes and saves would be a leak to the engine's own check.
  const {value, gradients} = loss.isScalar
    ? valueAndGradients(loss)
    : {value: offTape(() => valueOf(loss)), gradients: []};
  const variables = variablesOf(loss);
  return customGrad((...inputs) => {
    const save = inputs.pop() as GradSaveFunc;
    save([loss.labels, ...(inputs as Tensor[]), ...gradients]);
    return {
      value: clone(value),
      gradFunc: (dy: Tensor, [labels, ...saved]: Tensor[]) => {
        const again = withVariables({...loss, labels}, saved);
        if (engine().isTapeOn()) return differentiableGradients(again, dy);
        if (!loss.isScalar) return valueAndGradients(again, dy).gradients;
        return saved.slice(variables.length).map((gradient) => mul(gradient, dy));
      },
    };
  })(...variables);
}

function valueOf(loss: LinearLoss): Tensor {
  const {weights, labels, reduce} = loss;
  return reduce(reshape(chunkedLosses(asMatrix(loss)), labels.shape), weights, labels);
}

/** The loss and the gradients of its variables for dy, by default 1. */
function valueAndGradients(loss: LinearLoss, dy?: Tensor): {value: Tensor; gradients: Tensor[]} {
  const {weights, labels, reduce} = loss;
  const none = zeros(labels.shape); // Any losses do: see above.
  const dlosses = onOwnTape(() => grad((losses) => reduce(losses, weights, labels))(none, dy));
  const {losses, layer} = offTape(() => {
    const {losses, gradients} = chunkedLossesAndGradients(
      asMatrix(loss),
      reshape(dlosses, [labels.size]),
    );
    return {losses: reshape(losses, labels.shape), layer: gradients};
  });
  const gradients = [offTape(() => reshape(layer.inputs, loss.inputs.shape)), layer.kernel];
  if (layer.bias) gradients.push(layer.bias);
  if (typeof weights !== 'number') {
    gradients.push(
      onOwnTape(() => grad((weights) => reduce(losses, weights, labels))(weights, dy)),
    );
  }
  return {value: offTape(() => reduce(losses, weights, labels)), gradients};
}

/** The same gradients where an outer gradient differentiates them: from all logits at once. */
function differentiableGradients(loss: LinearLoss, dy: Tensor): Tensor[] {
  const value = (...variables: Tensor[]) => {
    const again = withVariables(loss, variables);
    const {labels, attrs, weights, reduce} = again;
    const layer = asMatrix(again);
    // tf.add's own gradient would sum the bias with tf.sum.
    const bias = layer.bias && broadcast(layer.bias, [labels.size, loss.numClasses]);
    const features = logitsOf({...layer, bias});
    const losses = differentiableLoss({features, labels: layer.labels}, attrs);
    return reduce(reshape(losses, labels.shape), weights, labels);
  };
  return grads(value)(variablesOf(loss), dy);
}

/** All that has a gradient, in the order of the node's inputs. */
function variablesOf({inputs, kernel, bias, weights}: LinearLoss): Tensor[] {
  const variables = [inputs, kernel];
  if (bias) variables.push(bias);
  if (typeof weights !== 'number') variables.push(weights);
  return variables;
}

/** The loss of other tensors, given in that order. */
function withVariables(loss: LinearLoss, [inputs, kernel, ...rest]: Tensor[]): LinearLoss {
  const bias = loss.bias && rest.shift();
  const weights = typeof loss.weights === 'number' ? loss.weights : rest[0];
  return {...loss, inputs, kernel, bias, weights};
}

/** Inputs as [batch, units], labels as [batch]. */
function asMatrix<L extends ChunkedLayer>(layer: L): L {
  const {inputs, labels} = layer;
  const units = inputs.shape[inputs.rank - 1];
  return {
    ...layer,
    inputs: reshape(inputs, [labels.size, units]),
    labels: reshape(labels, [labels.size]),
  };
}
