import {
  clone,
  engine,
  op,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type TensorLike,
} from '@tensorflow/tfjs-core';

import {describe, isRecord} from '../arguments/describe';
import {checkDtypes} from '../arguments/dtypes';
import {checkHasClasses, checkMatrixAndVector} from '../arguments/shapes';
import {floatsToTensor, labelsToTensor} from '../arguments/to_tensor';
import {ValueError} from '../errors';
import {hessianProduct} from '../gradients/softmax';
import {offTape, withGradient} from '../gradients/tape';
import {type GradInputs, type LossInputs, runGrad, runLoss, runWithLogits} from '../run_kernels';
import {refuseBadLabels} from './loss_kernel';

/**
 * TensorFlow's `tf.raw_ops`: named arguments, and only the kernel's shapes.
 *
 * @namespace
 */
export const rawOps = {
  /**
   * TensorFlow's op as it is: the loss and its gradient, for one matrix and one vector.
   *
   * ```js
   * const features = tf.tensor2d([[1, 1, 1, 1], [1, 2, 3, 4]]);
   * const labels = tf.tensor1d([3, 0], 'int32');
   * const [loss, backprop] = rawOps.sparseSoftmaxCrossEntropyWithLogits({features, labels});
   * loss.print();
   * // Tensor
   * //     [1.3862944, 3.4401896]
   * backprop.print();
   * // Tensor
   * //     [[0.25      , 0.25     , 0.25     , -0.75    ],
   * //      [-0.9679414, 0.0871443, 0.2368828, 0.6439143]]
   * ```
   *
   * Training needs only `sparseSoftmaxCrossEntropyWithLogits`, which stores no `backprop`.
   *
   * Gradient: for features through both outputs, to any order; none for labels.
   *
   * Source: `tf.raw_ops.SparseSoftmaxCrossEntropyWithLogits`
   * (tensorflow/core/kernels/sparse_xent_op.cc).
   *
   * @function
   * @param inputs `features` and `labels`, by their names.
   * @returns `[loss, backprop]`: loss float32 `[batch]` in nats, and
   *     `backprop = softmax(features) - onehot(labels)`, float32 `[batch, classes]`.
   * @throws ValueError if an argument is missing, disposed or unknown; InvalidArgumentError for a
   *     wrong dtype, rank or batch, for no class, or for a label outside `[0, classes)`. On webgl
   *     and webgpu a label that is on the GPU already is not checked: a wrong one makes its row
   *     NaN.
   */
  sparseSoftmaxCrossEntropyWithLogits: op({sparseSoftmaxCrossEntropyWithLogits_}),
};

function sparseSoftmaxCrossEntropyWithLogits_(inputs: {
  /**
   * float32 `[batch, classes]`, unscaled log probabilities.
   */
  features: Tensor | TensorLike;
  /**
   * int32 `[batch]`, each in `[0, classes)`.
   */
  labels: Tensor | TensorLike;
}): [Tensor1D, Tensor2D] {
  checkNamedInputs(inputs);
  const {features, labels} = inputs;
  const $features = floatsToTensor(features, 'features');
  const $labels = labelsToTensor(labels);
  checkDtypes(labels, $labels, $features, 'features');
  checkMatrixAndVector($features, $labels);
  checkHasClasses($features);
  refuseBadLabels($labels, $features);

  const $inputs = {features: $features, labels: $labels};
  const outputs = offTape(() => runWithLogits($inputs));
  return (engine().isTapeOn() ? onTape($inputs, outputs) : outputs) as [Tensor1D, Tensor2D];
}

/** tf.raw_ops: features and labels by their names, and nothing else. */
function checkNamedInputs(inputs: unknown): void {
  const op = 'rawOps.sparseSoftmaxCrossEntropyWithLogits';
  if (!isRecord(inputs)) {
    throw new ValueError(
      'By position, labels first, call sparseSoftmaxCrossEntropyWithLogits(labels, logits). ' +
        `${op} takes one object, {features, labels}, got ${describe(inputs)}.`,
    );
  }
  const {features, labels, ...others} = inputs;
  const [other] = Object.keys(others);
  if (other !== undefined) {
    throw new ValueError(
      (other === 'logits'
        ? 'Name the logits `features` here. '
        : 'Pass options to sparseSoftmaxCrossEntropyWithLogits(labels, logits, options). ') +
        `${op} takes {features, labels}, got \`${other}\`.`,
    );
  }
  if (features == null || labels == null) {
    throw new ValueError(
      `Both \`features\` and \`labels\` must be provided for ${op}. ` +
        `Received: features=${describe(features)} and labels=${describe(labels)}`,
    );
  }
}

/**
 * TensorFlow's op has two differentiable outputs (tensorflow/python/ops/nn_grad.py):
 *
 *   d features = dloss * backprop  +  (diag(p) - p p^T) dbackprop
 *
 * On the tape they are two nodes with a term each. For a node with two outputs tf.js would compute
 * both terms, and make a matrix of zeros for the output that nobody differentiates.
 */
function onTape(inputs: LossInputs, [loss, backprop]: [Tensor, Tensor]): [Tensor, Tensor] {
  const [, statistics] = offTape(() => runLoss(inputs, {}));
  const node = (
    output: Tensor,
    gradient: (upstream: Tensor, saved: Omit<GradInputs, 'dy'>) => Tensor,
  ): Tensor =>
    withGradient({
      inputs: [inputs.features],
      saved: [inputs.features, inputs.labels, statistics],
      value: () => clone(output),
      gradient: (upstream, features, labels, statistics) =>
        gradient(upstream, {features, labels, statistics}),
    });

  return [
    node(loss, (dloss, saved) => runGrad({dy: dloss, ...saved}, {})),
    node(backprop, (dbackprop, saved) => hessianProduct(saved, {}, dbackprop)),
  ];
}
