/** What only the tensorflow backend does: TensorFlow's own op, once, and its own messages. */
import {readdirSync, readFileSync} from 'node:fs';

import * as tf from '@tensorflow/tfjs';

import {
  InvalidArgumentError,
  rawOps,
  sparseSoftmaxCrossEntropyWithLogits as nn,
} from '../../src/index';
import {executeNativeOp, type TensorFlowBackend} from '../../src/kernels/tensorflow/native_op';
import {describeBackend} from '../helpers/backends';
import {oracle} from '../helpers/oracle';

const backend = () => tf.backend() as unknown as TensorFlowBackend;
const run = (features: tf.Tensor, labels: tf.Tensor) =>
  executeNativeOp(backend(), features, labels);
const ids = (labels: number[]) => tf.tensor1d(labels, 'int32');

describeBackend('tensorflow', 'the native op', () => {
  it('runs once for a loss and its gradient, of any rank, on whole attributes', () => {
    const execute = spyOn(backend(), 'executeMultipleOutputs').and.callThrough();
    for (const shape of [[3], [2, 3], [2, 1, 2, 3]]) {
      execute.calls.reset();
      const labels = tf.zeros(shape.slice(0, -1), 'int32');
      const {value, grad} = tf.valueAndGrad((x: tf.Tensor) => nn(labels, x))(tf.ones(shape));
      expect(value.shape).toEqual(labels.shape);
      expect(grad.shape).toEqual(shape);
      const ops = execute.calls.allArgs().map(([name]) => name);
      expect(ops).toEqual(['SparseSoftmaxCrossEntropyWithLogits']);
      const [, attrs, , numOutputs] = execute.calls.argsFor(0);
      expect(attrs.map(({name}) => name)).toEqual(['T', 'Tlabels']);
      expect(numOutputs).toBe(2);
    }
  });

  it('throws its own message alone, as InvalidArgumentError', () => {
    const bad = () => run(tf.ones([2, 3]), ids([0, 7]));
    expect(bad).toThrowError(
      InvalidArgumentError,
      'Received a label value of 7 which is outside the valid range of [0, 3).  Label values: 0 7',
    );
    expect(() => run(tf.ones([3]), ids([0]))).toThrowError(
      InvalidArgumentError,
      'logits must be 2-D, but got shape [3]',
    );
    expect(() => run(tf.ones([2, 0]), ids([0, 0]))).toThrowError(
      InvalidArgumentError,
      'Must have at least one class, but got logits shape [2,0]',
    );
    expect(() => run(tf.ones([2, 3]), tf.ones([2]))).toThrowError(
      InvalidArgumentError,
      /Value for attr 'Tlabels' of float is not in the list of allowed values/,
    );
  });

  it('leaves nothing behind where it throws, also after reshaping', () => {
    const labels = tf.tensor2d([[0, 3]], [1, 2], 'int32');
    const features = tf.ones([1, 2, 3]);
    const before = tf.memory().numTensors;
    const kernel = () => tf.engine().runKernel('SparseSoftmaxCrossEntropyLoss', {features, labels});
    expect(kernel).toThrowError(InvalidArgumentError, /^Received a label value of 3/);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('passes on an error that is not about arguments', () => {
    const other = new Error('Invalid TF_Status: 8\nMessage: OOM');
    const broken = Object.create(backend(), {
      executeMultipleOutputs: {
        value: () => {
          throw other;
        },
      },
    }) as TensorFlowBackend;
    expect(() => executeNativeOp(broken, tf.ones([1, 2]), ids([0]))).toThrow(other);
  });

  it('takes labels and logits that were made on the cpu backend', async () => {
    await tf.setBackend('cpu');
    const labels = ids([2, 1]);
    const x = tf.tensor2d([1, 2, 3, 4, 0, -1], [2, 3]);
    await tf.setBackend('tensorflow');
    const want = oracle({logits: x.dataSync(), labels: [2, 1], numClasses: 3});
    const [loss, backprop] = rawOps.sparseSoftmaxCrossEntropyWithLogits({features: x, labels});
    await expectAsync(loss).toBeTheLoss(want.loss);
    await expectAsync(backprop).toBeTheGradient(want.backprop);
    await expectAsync(nn(labels, x)).toBeTheLoss(want.loss);
  });

  it('refuses a gradient whose forward pass was on another backend, and so does cpu', async () => {
    for (const [there, back] of [
      ['tensorflow', 'cpu'],
      ['cpu', 'tensorflow'],
    ]) {
      // prettier-ignore
      for (const shape of [[2], [2, 2], [1, 1, 3]]) {
        await tf.setBackend(there);
        const inputs = {features: tf.ones(shape), labels: tf.zeros(shape.slice(0, -1), 'int32')};
        const outputs = tf.engine().runKernel<tf.Tensor[]>('SparseSoftmaxCrossEntropyLoss', inputs);
        await tf.setBackend(back);
        const grad = {...inputs, dy: outputs[0], statistics: outputs[1]};
        expect(() => tf.engine().runKernel('SparseSoftmaxCrossEntropyGrad', grad))
          .withContext(`[${shape}] ${there}`)
          .toThrowError(/backend was changed between/);
      }
    }
    await tf.setBackend('tensorflow');
  });
});

describe('the package', () => {
  it('imports nothing but tfjs-core, from any of its files', () => {
    const files = readdirSync('dist').filter((file) => /\.c?js$/.test(file));
    const code = files.map((file) => readFileSync(`dist/${file}`, 'utf8')).join('\n');
    const imports = [...code.matchAll(/(?:from |import |require\()["']([^."'][^"']*)["']/g)];
    expect(new Set(imports.map(([, name]) => name))).toEqual(new Set(['@tensorflow/tfjs-core']));
  });

  it('needs nothing but the types of tfjs-core', () => {
    const files = readdirSync('dist').filter((file) => /\.d\.c?ts$/.test(file));
    const code = files.map((file) => readFileSync(`dist/${file}`, 'utf8')).join('\n');
    const imports = [...code.matchAll(/(?:from |import\()["']([^."'][^"']*)["']/g)];
    expect(new Set(imports.map(([, name]) => name))).toEqual(new Set(['@tensorflow/tfjs-core']));
  });
});
