import type {Tensor, TensorInfo, TensorLike} from '@tensorflow/tfjs-core';

import {checkDtypes, checkHasClasses, checkLabelsMatchLogits} from '../checks';
import {SparseSoftmaxCrossEntropyLoss} from '../kernel_names';
import {checkBackend} from './check_backend';
import {checkLabels} from './check_labels';

/**
 * All that `sparseSoftmaxCrossEntropyWithLogits` checks, in TensorFlow's order. `labelsArgument` is
 * what the caller passed, for the message.
 */
export function checkArguments(
  labelsArgument: Tensor | TensorLike,
  labels: TensorInfo,
  logits: TensorInfo,
): void {
  checkLabelsMatchLogits(labels, logits);
  checkDtypes(labelsArgument, labels, logits);
  checkHasClasses(logits);
  checkBackend(SparseSoftmaxCrossEntropyLoss);
  checkLabels(labels, logits);
}
