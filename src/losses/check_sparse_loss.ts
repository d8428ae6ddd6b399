/** The arguments of a sparse loss, converted and checked before the first kernel. */
import type {Tensor, TensorInfo, TensorLike} from '@tensorflow/tfjs-core';

import {describe} from '../arguments/describe';
import {checkLabelsAndLogits, type LabelsAndLogits} from '../arguments/shapes';
import {reshapedTo, weightsToTensor} from '../arguments/to_tensor';
import {ValueError} from '../errors';
import {sizesOf} from '../kernel_names';
import {refuseBadLabels} from '../ops/loss_kernel';
import {weightsOfClasses} from './class_weights';
import {getDefaultGraph} from './graph/graph';
import type {SparseLossOptions, Weights} from './options';
import {type ReductionKey, toReductionKey} from './reduction';
import {assertBroadcastable, checkWeightsGiven, squeezedWeights} from './weights';

/** Checks that arguments, given by their names, are not missing. */
export function checkGiven(given: {readonly [name: string]: unknown}): void {
  for (const [name, argument] of Object.entries(given)) {
    if (argument == null) throw new ValueError(`Argument \`${name}\` must not be null.`);
  }
}

/** A checked loss: how it is reduced, and its weights for labels [...], on the tape. */
export interface CheckedLoss {
  readonly key: ReductionKey;
  /** A number, or a tensor that broadcasts to the labels. */
  readonly weightsOf: (labels: Tensor) => number | Tensor;
}

/**
 * Checks labels and logits after squeezing, weights, and the reduction. Only the shape and the
 * dtype of logits are read, so they need not exist yet.
 *
 * The order is TensorFlow's: the rank of weights, then labels and logits, then the checks of
 * compute_weighted_loss, which begin with the reduction.
 */
export function checkSparseLoss(
  {given, labels, logits}: LabelsAndLogits,
  weights: Weights | null,
  {reduction, ignoreClass, classWeights}: SparseLossOptions,
): CheckedLoss {
  const $weights =
    weights === null || typeof weights === 'number' ? weights : weightsToTensor(weights);
  const info =
    $weights === null || typeof $weights === 'number'
      ? $weights
      : squeezedWeights($weights, labels);
  checkLabelsAndLogits({given, labels, logits});
  refuseBadLabels(labels, logits, ignoreClass);
  const key = toReductionKey(reduction);
  const graph = getDefaultGraph();
  if (graph) graph.lastLossReduction = key;
  checkWeightsGiven($weights);
  const {numClasses} = sizesOf(logits);
  if (info !== null && typeof info !== 'number') {
    assertBroadcastable(info, labels, cureForClassWeights(info, numClasses));
  }
  const $classWeights = checkedClassWeights(classWeights, numClasses);

  const ofRows = () =>
    typeof $weights === 'number'
      ? $weights
      : reshapedTo($weights as Tensor, (info as TensorInfo).shape);
  const weightsOf = (classIds: Tensor) =>
    $classWeights ? weightsOfClasses($classWeights, classIds, ofRows(), ignoreClass) : ofRows();
  return {key, weightsOf};
}

/** PyTorch's `weight` and Keras's `class_weight` hold one weight a class. */
function cureForClassWeights({shape}: TensorInfo, numClasses: number): string {
  const isOfClasses = shape.length === 1 && shape[0] === numClasses && numClasses > 1;
  return isOfClasses ? 'Pass a weight for each class as {classWeights: weights}. ' : '';
}

function checkedClassWeights(
  classWeights: Tensor | TensorLike | null | undefined,
  numClasses: number,
): Tensor | undefined {
  if (classWeights == null) return undefined;
  const tensor = weightsToTensor(classWeights, 'classWeights');
  if (tensor.rank !== 1 || tensor.shape[0] !== numClasses || tensor.dtype === 'string') {
    throw new ValueError(
      'Give each class a weight: `classWeights` must be numbers of shape ' +
        `[classes] = [${numClasses}], got ${describe(tensor)}.`,
    );
  }
  return tensor;
}
