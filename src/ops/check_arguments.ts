import type {Tensor, TensorInfo, TensorLike} from '@tensorflow/tfjs-core';

import {checkDtypes, checkHasClasses, checkLabelsMatchLogits} from '../checks';
import {checkBackend} from './check_backend';

/**
 * All that `sparseSoftmaxCrossEntropyWithLogits` checks, in TensorFlow's order. `labelsArgument` is
 * what the caller passed, for the message.
 */
export function checkArguments(
  labelsArgument: Tensor | TensorLike,
  labels: TensorInfo,
  logits: TensorInfo,
  ignoreClass?: number,
): void {
  checkLabelsMatchLogits(labels, logits);
  checkDtypes(labelsArgument, labels, logits);
  checkHasClasses(logits);
  checkBackend(labels, logits, ignoreClass);
}
