/**
 * The TensorFlow ops that Loss and Grad call, as functions. tfjs-node's own kernels lack three
 * of them: GatherV2 row by row, SelectV2 and InplaceSub. A column is [batch, 1].
 *
 * The results belong to the current scope, like all tensors of tf.js.
 */
import {scalar, tensor1d, type Tensor, type TensorInfo} from '@tensorflow/tfjs-core';

import {type Attr, executeOp, type TensorFlowBackend} from './execute_op';

const FLOAT: Attr = ['T', 'type', 'float32'];

export class TensorFlowOps {
  private readonly lastAxis = scalar(1, 'int32');

  constructor(private readonly backend: TensorFlowBackend) {}

  exp(x: TensorInfo): Tensor {
    return this.run('Exp', [FLOAT], [x]);
  }

  log(x: TensorInfo): Tensor {
    return this.run('Log', [FLOAT], [x]);
  }

  abs(x: TensorInfo): Tensor {
    return this.run('Abs', [FLOAT], [x]);
  }

  add(a: TensorInfo, b: TensorInfo): Tensor {
    return this.run('AddV2', [FLOAT], [a, b]);
  }

  sub(a: TensorInfo, b: TensorInfo): Tensor {
    return this.run('Sub', [FLOAT], [a, b]);
  }

  mul(a: TensorInfo, b: TensorInfo): Tensor {
    return this.run('Mul', [FLOAT], [a, b]);
  }

  div(a: TensorInfo, b: TensorInfo): Tensor {
    return this.run('RealDiv', [FLOAT], [a, b]);
  }

  /** [batch, classes] -> [batch, 1]. */
  rowMax(x: TensorInfo): Tensor {
    return this.reduce('Max', x, this.lastAxis);
  }

  /** [batch, classes] -> [batch, 1]. */
  rowSum(x: TensorInfo): Tensor {
    return this.reduce('Sum', x, this.lastAxis);
  }

  /** The sum of a column, read back. */
  total(x: TensorInfo): number {
    return this.reduce('Sum', x, tensor1d([0, 1], 'int32')).dataSync()[0];
  }

  /** x[row, labels[row]] of a matrix, for labels [batch, 1]: [batch, 1]. */
  atLabels(x: TensorInfo, labels: TensorInfo): Tensor {
    const attrs: Attr[] = [
      ['Tparams', 'type', 'float32'],
      ['Tindices', 'type', 'int32'],
      ['Taxis', 'type', 'int32'],
      ['batch_dims', 'int', 1],
    ];
    return this.run('GatherV2', attrs, [x, labels, this.lastAxis]);
  }

  /** [...indices.shape, depth]: 1 at each index, 0 elsewhere. */
  oneHot(indices: TensorInfo, depth: number): Tensor {
    const attrs: Attr[] = [FLOAT, ['TI', 'type', 'int32'], ['axis', 'int', -1]];
    return this.run('OneHot', attrs, [indices, scalar(depth, 'int32'), scalar(1), scalar(0)]);
  }

  /** a where the condition holds, elsewhere b. */
  select(condition: TensorInfo, a: TensorInfo, b: TensorInfo): Tensor {
    return this.run('SelectV2', [FLOAT], [condition, a, b]);
  }

  /** Two columns -> [batch, 2]. */
  joinColumns(a: TensorInfo, b: TensorInfo): Tensor {
    const attrs: Attr[] = [FLOAT, ['N', 'int', 2], ['Tidx', 'type', 'int32']];
    return this.run('ConcatV2', attrs, [a, b, this.lastAxis]);
  }

  /** [batch, 2] -> two columns. */
  splitColumns(x: TensorInfo): [Tensor, Tensor] {
    const attrs: Attr[] = [FLOAT, ['num_split', 'int', 2]];
    const [a, b] = executeOp(this.backend, 'Split', attrs, [this.lastAxis, x], 2);
    return [a, b];
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

  private reduce(name: string, x: TensorInfo, axes: TensorInfo): Tensor {
    const attrs: Attr[] = [['keep_dims', 'bool', true], FLOAT, ['Tidx', 'type', 'int32']];
    return this.run(name, attrs, [x, axes]);
  }

  private run(name: string, attrs: readonly Attr[], inputs: readonly TensorInfo[]): Tensor {
    return executeOp(this.backend, name, attrs, inputs, 1)[0];
  }
}

/** Disposes the tensor that `next` was made from, before another matrix is made. */
export function insteadOf(old: Tensor, next: Tensor): Tensor {
  old.dispose();
  return next;
}
