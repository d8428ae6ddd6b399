/**
 * The TensorFlow ops that Loss and Grad call, through the binding of tfjs-node. tfjs-node's own
 * kernels lack three of them: GatherV2 row by row, SelectV2 and InplaceSub.
 *
 * The results belong to the current scope, like all tensors of tf.js.
 */
import {scalar, tensor1d, type DataType, type Tensor, type TensorInfo} from '@tensorflow/tfjs-core';

import type {TensorFlowBackend} from './native_op';

/** The type is a name here; the binding has its number. */
type Attr = readonly [
  name: string,
  type: 'bool' | 'int' | 'type',
  value: boolean | number | DataType,
];

const FLOAT: Attr = ['T', 'type', 'float32'];

export class TensorFlowOps {
  constructor(private readonly backend: TensorFlowBackend) {}

  exp(x: TensorInfo): Tensor {
    return this.run('Exp', [FLOAT], [x]);
  }

  sub(a: TensorInfo, b: TensorInfo): Tensor {
    return this.run('Sub', [FLOAT], [a, b]);
  }

  mul(a: TensorInfo, b: TensorInfo): Tensor {
    return this.run('Mul', [FLOAT], [a, b]);
  }

  /** [batch, classes] -> [batch]. */
  rowMax(x: TensorInfo): Tensor {
    return this.reduce('Max', x);
  }

  /** [batch, classes] -> [batch]. */
  rowSum(x: TensorInfo): Tensor {
    return this.reduce('Sum', x);
  }

  /** x[row, labels[row]] of a matrix, for labels [batch]: [batch]. */
  atLabels(x: TensorInfo, labels: TensorInfo): Tensor {
    const attrs: Attr[] = [
      ['Tparams', 'type', 'float32'],
      ['Tindices', 'type', 'int32'],
      ['Taxis', 'type', 'int32'],
      ['batch_dims', 'int', 1],
    ];
    return this.run('GatherV2', attrs, [x, labels, scalar(1, 'int32')]);
  }

  /** [...indices.shape, depth]: `on` at each index, `off` elsewhere. */
  oneHot(indices: TensorInfo, depth: number, on: number, off: number): Tensor {
    const attrs: Attr[] = [FLOAT, ['TI', 'type', 'int32'], ['axis', 'int', -1]];
    return this.run('OneHot', attrs, [indices, scalar(depth, 'int32'), scalar(on), scalar(off)]);
  }

  /** a where the condition holds, elsewhere b. */
  select(condition: TensorInfo, a: TensorInfo, b: TensorInfo): Tensor {
    return this.run('SelectV2', [FLOAT], [condition, a, b]);
  }

  reshape(x: TensorInfo, shape: number[]): Tensor {
    const attrs: Attr[] = [FLOAT, ['Tshape', 'type', 'int32']];
    return this.run('Reshape', attrs, [x, tensor1d(shape, 'int32')]);
  }

  /**
   * x[indices[i], :] -= updates[i, :]. TensorFlow writes into the buffer of x, so only the caller
   * may use x, and must not read it again.
   */
  subtractFromRows(x: TensorInfo, indices: TensorInfo, updates: TensorInfo): Tensor {
    return this.run('InplaceSub', [FLOAT], [x, indices, updates]);
  }

  private reduce(name: string, x: TensorInfo): Tensor {
    const attrs: Attr[] = [['keep_dims', 'bool', false], FLOAT, ['Tidx', 'type', 'int32']];
    return this.run(name, attrs, [x, tensor1d([1], 'int32')]);
  }

  private run(name: string, attrs: readonly Attr[], inputs: readonly TensorInfo[]): Tensor {
    const {binding} = this.backend;
    const types = {
      bool: binding.TF_ATTR_BOOL,
      int: binding.TF_ATTR_INT,
      type: binding.TF_ATTR_TYPE,
    };
    const opAttrs = attrs.map(([name, type, value]) => ({
      name,
      type: types[type],
      value:
        type === 'type'
          ? this.backend.getDTypeInteger(value as DataType)
          : (value as number | boolean),
    }));
    return this.backend.executeMultipleOutputs(name, opAttrs, inputs, 1)[0];
  }
}
