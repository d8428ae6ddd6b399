/** The op SparseSoftmaxCrossEntropyWithLogits in C++, as it is. */
import type {Tensor, TensorInfo} from '@tensorflow/tfjs-core';

import {InvalidArgumentError} from '../../errors';
import {SparseSoftmaxCrossEntropyWithLogits} from '../../kernel_names';
import {type Attr, executeOp, type TensorFlowBackend} from './execute_op';

/** features [batch, classes], labels [batch] -> [loss, backprop]. */
export function executeNativeOp(
  backend: TensorFlowBackend,
  features: TensorInfo,
  labels: TensorInfo,
): [Tensor, Tensor] {
  const attrs: Attr[] = [
    ['T', 'type', features.dtype],
    ['Tlabels', 'type', labels.dtype],
  ];
  try {
    const name = SparseSoftmaxCrossEntropyWithLogits;
    const [loss, backprop] = executeOp(backend, name, attrs, [features, labels], 2);
    return [loss, backprop];
  } catch (error) {
    throw asInvalidArgument(error);
  }
}

/** TF_Code 3 of TensorFlow's C API is INVALID_ARGUMENT. */
const INVALID_ARGUMENT = /^Invalid TF_Status: 3\s+Message: (.*)$/s;

/**
 * Turns the binding's error into an InvalidArgumentError with TensorFlow's message, if it is one.
 */
function asInvalidArgument(error: unknown): unknown {
  const message = error instanceof Error && INVALID_ARGUMENT.exec(error.message)?.[1];
  return message ? new InvalidArgumentError(message) : error;
}
