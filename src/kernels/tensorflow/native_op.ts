/**
 * TensorFlow's C++ op, through the binding of tfjs-node. This package imports nothing of tfjs-node,
 * not even types, because its installation needs a native library.
 */
import type {DataType, Tensor, TensorInfo} from '@tensorflow/tfjs-core';

import {InvalidArgumentError} from '../../errors';
import {SparseSoftmaxCrossEntropyWithLogits} from '../../kernel_names';

/** The part of tfjs-node's NodeJSKernelBackend that this package uses. */
export interface TensorFlowBackend {
  readonly binding: {
    readonly TF_ATTR_BOOL: number;
    readonly TF_ATTR_INT: number;
    readonly TF_ATTR_TYPE: number;
  };
  getDTypeInteger(dtype: DataType): number;
  executeMultipleOutputs(
    name: string,
    attrs: readonly {name: string; type: number; value: number | boolean}[],
    inputs: readonly TensorInfo[],
    numOutputs: number,
  ): Tensor[];
}

/** features [batch, classes], labels [batch] -> [loss, backprop]. */
export function executeNativeOp(
  backend: TensorFlowBackend,
  features: TensorInfo,
  labels: TensorInfo,
): [Tensor, Tensor] {
  const typeOf = (name: string, {dtype}: TensorInfo) => ({
    name,
    type: backend.binding.TF_ATTR_TYPE,
    value: backend.getDTypeInteger(dtype),
  });
  const attrs = [typeOf('T', features), typeOf('Tlabels', labels)];
  try {
    const outputs = backend.executeMultipleOutputs(
      SparseSoftmaxCrossEntropyWithLogits,
      attrs,
      [features, labels],
      2,
    );
    return [outputs[0], outputs[1]];
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
