/**
 * TensorFlow's ops by name, through the binding of tfjs-node. This package imports nothing of
 * tfjs-node, not even types, because its installation needs a native library.
 */
import type {DataType, Tensor, TensorInfo} from '@tensorflow/tfjs-core';

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

/** The type is a name here; the binding has its number. */
export type Attr =
  | readonly [name: string, type: 'bool', value: boolean]
  | readonly [name: string, type: 'int', value: number]
  | readonly [name: string, type: 'type', value: DataType];

export function executeOp(
  backend: TensorFlowBackend,
  name: string,
  attrs: readonly Attr[],
  inputs: readonly TensorInfo[],
  numOutputs: number,
): Tensor[] {
  const {TF_ATTR_BOOL, TF_ATTR_INT, TF_ATTR_TYPE} = backend.binding;
  const types = {bool: TF_ATTR_BOOL, int: TF_ATTR_INT, type: TF_ATTR_TYPE};
  const opAttrs = attrs.map(([name, type, value]) => ({
    name,
    type: types[type],
    value: type === 'type' ? backend.getDTypeInteger(value) : value,
  }));
  return backend.executeMultipleOutputs(name, opAttrs, inputs, numOutputs);
}
