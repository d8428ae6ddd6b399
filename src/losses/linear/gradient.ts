/**
 * The loss of a linear layer on the tape, from inputs, kernel, bias and weights.
 *
 * A reduction is linear in the losses of the rows. So its gradient for each of them is known before
 * any of them is computed, except for the factor dy:
 *
 *   loss = R(losses, weights),   d losses = dy * dR / d losses,   dR / d losses free of losses
 *
 * The forward pass computes the gradients with the losses, chunk by chunk, while the logits are
 * there. The backward pass multiplies them by dy. This takes as many matrix products as without
 * chunks. If the losses are not reduced, each row has another dy, and the backward pass computes
 * the logits again.
 *
 * A frozen variable is a tf.Variable that is not trainable. Its gradient is hardly ever asked for,
 * but tf.js asks a node for the gradients of all its inputs at once. So each frozen variable has a
 * separate node, which adds 0 to the loss. Its backward pass computes the logits again.
 */
import {
  add,
  clone,
  engine,
  grad,
  grads,
  mul,
  reshape,
  type Tensor,
  zeros,
  zerosLike,
} from '@tensorflow/tfjs-core';

import {differentiableLoss} from '../../gradients/loss';
import {broadcast} from '../../gradients/sums';
import {offTape, onOwnTape, withGradient} from '../../gradients/tape';
import {chunkedOutputs, withoutIgnored} from './chunks';
import {logitsOf} from './layer';
import {
  asMatrix,
  isFrozen,
  type LinearLoss,
  type LossOutputs,
  type LossVariable,
  tensorsOf,
  variablesOf,
  withTensors,
} from './linear_loss';

/** The loss is a float32 scalar or of the shape of labels; differentiable to any order. */
export function linearLoss(loss: LinearLoss): LossOutputs {
  if (!engine().isTapeOn()) return outputsOf(loss, []);
  const variables = variablesOf(loss);
  const trained = variables.filter((variable) => !isFrozen(loss, variable));
  const frozen = variables.filter((variable) => isFrozen(loss, variable));
  // Before the nodes: the engine's leak check counts tensors that a node's function makes and
  // saves.
  const outputs = offTape(() => outputsOf(loss, loss.isScalar ? trained : []));
  const nodes = [
    nodeOf(loss, trained, () => clone(outputs.loss), outputs.gradients),
    ...frozen.map((variable) => nodeOf(loss, [variable], () => zerosLike(outputs.loss), [])),
  ];
  return {loss: nodes.reduce((sum, node) => add(sum, node)), predictions: outputs.predictions};
}

/**
 * A node from variables to the loss. Its backward pass computes the gradients that are not given.
 */
function nodeOf(
  loss: LinearLoss,
  of: readonly LossVariable[],
  value: () => Tensor,
  gradients: readonly Tensor[],
): Tensor {
  const variables = variablesOf(loss);
  return withGradient({
    inputs: tensorsOf(loss, of),
    saved: [loss.labels, ...tensorsOf(loss, variables), ...gradients],
    value,
    gradient: (dy, labels, ...saved) => {
      const again = {...withTensors(loss, variables, saved), labels, withPredictions: false};
      if (engine().isTapeOn()) return differentiableGradients(again, of, dy);
      if (gradients.length === 0) return [...outputsOf(again, of, dy).gradients];
      return saved.slice(variables.length).map((gradient) => mul(gradient, dy));
    },
  });
}

interface LossAndGradients extends LossOutputs {
  readonly gradients: readonly Tensor[];
}

/** The loss, and the gradients of some of its variables for dy, by default 1. */
function outputsOf(loss: LinearLoss, of: readonly LossVariable[], dy?: Tensor): LossAndGradients {
  const {weights, labels, reduce} = loss;
  const ofLayer = of.filter((variable) => variable !== 'weights');
  const asked =
    ofLayer.length === 0
      ? undefined
      : {of: ofLayer, dy: reshape(gradientOfLosses(loss, dy), [labels.size])};
  const {losses, predictions, gradients} = chunkedOutputs(asMatrix(loss), asked);
  const shaped = reshape(losses, labels.shape);
  const gradientOf = (variable: LossVariable, i: number): Tensor => {
    if (variable === 'inputs') return reshape(gradients[i], loss.inputs.shape);
    if (variable !== 'weights') return gradients[i];
    return onOwnTape(() => grad((weights) => reduce(shaped, weights, labels))(weights, dy));
  };
  return {
    loss: reduce(shaped, weights, labels),
    predictions: predictions && reshape(predictions, labels.shape),
    gradients: of.map(gradientOf),
  };
}

/** The gradient of the reduction for dy. It does not depend on the losses, so zeros will do. */
function gradientOfLosses({labels, weights, reduce}: LinearLoss, dy?: Tensor): Tensor {
  const ofLosses = grad((losses) => reduce(losses, weights, labels));
  return onOwnTape(() => ofLosses(zeros(labels.shape), dy));
}

/** The same gradients, but differentiable, for an outer gradient: from all logits at once. */
function differentiableGradients(
  loss: LinearLoss,
  of: readonly LossVariable[],
  dy: Tensor,
): Tensor[] {
  const value = (...tensors: Tensor[]) => {
    const again = withTensors(loss, of, tensors);
    const {labels, attrs, weights, reduce} = again;
    const layer = withoutIgnored(asMatrix(again));
    // The gradient of tf.add would add with tf.sum, which is wrong for many rows.
    const bias = layer.bias && broadcast(layer.bias, [labels.size, loss.numClasses]);
    const features = logitsOf({...layer, bias});
    const losses = differentiableLoss({features, labels: layer.labels}, attrs);
    return reduce(reshape(losses, labels.shape), weights, labels);
  };
  return grads(value)(tensorsOf(loss, of), dy);
}
