import type {Tensor, TensorInfo, TensorLike} from '@tensorflow/tfjs-core';

import {ValueError} from '../errors';
import {checkLabelsAndLogits} from '../arguments/shapes';
import {refuseBadLabels} from '../ops/loss_kernel';
import {weightsToTensor} from '../arguments/to_tensor';
import {getDefaultGraph} from './graph/graph';
import type {SparseLossOptions} from './options';
import {type ReductionKey, toReductionKey} from './reduction';
import {assertBroadcastable, checkWeightsGiven, type Squeezed, squeezedWeights} from './weights';

/** Arguments by their names. */
export function checkGiven(given: {readonly [name: string]: unknown}): void {
  for (const [name, argument] of Object.entries(given)) {
    if (argument == null) throw new ValueError(`Argument \`${name}\` must not be null.`);
  }
}

/**
 * All that a sparse loss checks of squeezed labels, of logits, which need not be there yet, of weights
 * and the reduction. `labelsArgument` is what the caller passed, for the message.
 *
 * Every check comes before the first kernel, so that a call that throws leaves nothing on the tape.
 * The order is TensorFlow's: the rank of weights, then labels and logits, then what
 * compute_weighted_loss checks: the reduction, and only now whether there are weights at all.
 */
export function checkSparseLoss(
  labelsArgument: Tensor | TensorLike,
  labels: TensorInfo,
  logits: TensorInfo,
  weights: number | Tensor | TensorLike,
  {reduction, ignoreClass}: SparseLossOptions,
): {key: ReductionKey; weights: number | Squeezed} {
  const squeezed =
    weights === null || typeof weights === 'number'
      ? weights
      : squeezedWeights(weightsToTensor(weights), labels);
  checkLabelsAndLogits({given: labelsArgument, labels, logits});
  refuseBadLabels(labels, logits, ignoreClass);
  const key = toReductionKey(reduction);
  const graph = getDefaultGraph();
  if (graph) graph.lastLossReduction = key;
  checkWeightsGiven(weights);
  if (typeof squeezed !== 'number') assertBroadcastable(squeezed.info, labels);
  return {key, weights: squeezed};
}
