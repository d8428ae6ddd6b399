/** What only the tensorflow backend does: which of TensorFlow's ops it runs, and its own messages. */
import {readdirSync, readFileSync} from 'node:fs';

import * as tf from '@tensorflow/tfjs';

import {peakMemory} from '../../bench/main_memory';
import {differentiableLoss} from '../../src/gradients/loss';
import {
  InvalidArgumentError,
  rawOps,
  sparseSoftmaxCrossEntropyWithLogits as nn,
} from '../../src/index';
import {executeNativeOp, type TensorFlowBackend} from '../../src/kernels/tensorflow/native_op';
import {MAX_SIZE_FOR_NATIVE_OP} from '../../src/kernels/tensorflow/which_ops';
import {runGrad, runLoss} from '../../src/run_kernels';
import {describeBackend, usage} from '../helpers/backends';
import {oracle} from '../helpers/oracle';

const backend = () => tf.backend() as unknown as TensorFlowBackend;
const run = (features: tf.Tensor, labels: tf.Tensor) =>
  executeNativeOp(backend(), features, labels);
const ids = (labels: number[]) => tf.tensor1d(labels, 'int32');

describeBackend('tensorflow', 'the native op', () => {
  it('runs once for a small loss and its gradient, of any rank, on whole attributes', () => {
    const execute = spyOn(backend(), 'executeMultipleOutputs').and.callThrough();
    for (const shape of [[3], [2, 3], [2, 1, 2, 3]]) {
      execute.calls.reset();
      const labels = tf.zeros(shape.slice(0, -1), 'int32');
      const {value, grad} = tf.valueAndGrad((x: tf.Tensor) => nn(labels, x))(tf.ones(shape));
      expect(value.shape).toEqual(labels.shape);
      expect(grad.shape).toEqual(shape);
      const calls = execute.calls.allArgs().filter(([name]) => !/^(Reshape|Mul)$/.test(name));
      expect(calls.map(([name]) => name)).toEqual(['SparseSoftmaxCrossEntropyWithLogits']);
      const [[, attrs, , numOutputs]] = calls;
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
    expect(kernel).toThrowError(InvalidArgumentError, /Received a label value of 3/);
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

describeBackend('tensorflow', 'Loss and Grad', () => {
  const LARGE: [number, number] = [2, MAX_SIZE_FOR_NATIVE_OP / 2 + 1];
  /** Few classes, whose gradients are made by OneHot. */
  const TALL: [number, number] = [MAX_SIZE_FOR_NATIVE_OP / 8, 10];
  const SHAPES: [number, number][] = [[2, 5], LARGE, TALL];
  const inputsOf = (shape: [number, number], scale = 1) => ({
    features: tf.randomNormal<tf.Rank.R2>(shape, 0, scale, 'float32', 1),
    labels: ids(Array.from({length: shape[0]}, (_, row) => row % shape[1])),
  });
  const want = ({features, labels}: {features: tf.Tensor; labels: tf.Tensor}) =>
    oracle({
      logits: features.dataSync(),
      labels: labels.dataSync(),
      numClasses: features.shape[1]!,
    });
  const opsOf = (call: () => void) => {
    const execute = spyOn(backend(), 'executeMultipleOutputs').and.callThrough();
    call();
    return execute.calls.allArgs().map(([name]) => name);
  };

  it('run the native op up to the threshold, and none of it above', () => {
    const small = inputsOf([2, MAX_SIZE_FOR_NATIVE_OP / 2]);
    const large = inputsOf(LARGE);
    const ops = opsOf(() => {
      expect(runLoss(small, {})[1].shape).toEqual(small.features.shape);
      expect(runLoss(large, {})[1].shape).toEqual([2]);
    });
    const native = 'SparseSoftmaxCrossEntropyWithLogits';
    expect(ops).toEqual([native, 'Exp', 'GatherV2', 'Sum', 'Div', 'Log']);
  });

  it('take a shift where a logit asks for one, and agree either way', async () => {
    for (const shape of [LARGE, TALL]) {
      for (const scale of [1, 30]) {
        const [batch] = shape;
        const inputs = inputsOf(shape, scale);
        const [loss, statistics] = runLoss(inputs, {});
        expect(statistics.shape).toEqual(scale === 1 ? [batch] : [2, 1, batch]);
        const {loss: wantedLoss, backprop} = want(inputs);
        await expectAsync(loss).toBeTheLoss(wantedLoss);
        const gradient = runGrad({...inputs, statistics, dy: tf.ones([batch])}, {});
        await expectAsync(gradient).toBeTheGradient(backprop);
      }
    }
  });

  it('are infinite where the upstream gradient is', () => {
    const inputs = inputsOf(LARGE);
    const statistics = runLoss(inputs, {})[1];
    const gradient = runGrad({...inputs, statistics, dy: tf.tensor1d([Infinity, 1])}, {});
    const [first, ...others] = gradient.dataSync().subarray(0, LARGE[1]);
    expect(first).toBe(-Infinity); // At the label.
    expect(others.every((g) => g === Infinity)).toBeTrue();
  });

  it('take a shift also where exponentials are float32 numbers, but not their quotient', async () => {
    const [batch, numClasses] = LARGE;
    const logits = new Float32Array(batch * numClasses).fill(-46);
    logits[0] = logits[numClasses] = 46;
    const inputs = {features: tf.tensor2d(logits, LARGE), labels: ids([1, 0])};
    const [loss, statistics] = runLoss(inputs, {});
    expect(statistics.shape).toEqual([2, 1, 2]);
    await expectAsync(loss).toBeTheLoss(want(inputs).loss);
  });

  it('are exactly 0 in an ignored row of NaN whose label is no class, on both sides', () => {
    for (const [batch, classes] of SHAPES) {
      for (const ignoreClass of [-1, 1_000_000]) {
        for (const labelSmoothing of [0, 0.1]) {
          const rows = tf.randomNormal([batch - 1, classes], 0, 1, 'float32', 2);
          const features = tf.concat([tf.fill([1, classes], NaN), rows]);
          const labels = Int32Array.from({length: batch}, (_, row) => (row ? 1 : ignoreClass));
          const dy = Float32Array.from({length: batch}, (_, row) => (row ? 1 : NaN));
          const f = (x: tf.Tensor) =>
            differentiableLoss(
              {features: x, labels: tf.tensor1d(labels, 'int32')},
              {ignoreClass, labelSmoothing},
            );
          const {value, grad} = tf.valueAndGrad(f)(features, tf.tensor1d(dy));
          const [first, ...others] = value.dataSync();
          expect(first).toBe(0);
          expect(others.every((loss) => loss > 0)).toBeTrue();
          const gradient = grad.dataSync<'float32'>();
          expect(gradient.subarray(0, classes).every((g) => g === 0)).toBeTrue();
          expect(gradient.subarray(classes).every(Number.isFinite)).toBeTrue();
        }
      }
    }
  });

  it('smooth labels as their mixture with the uniform target', async () => {
    for (const [batch, K] of SHAPES) {
      for (const s of [0.1, 1]) {
        const inputs = inputsOf([batch, K]);
        const {loss, backprop} = want(inputs);
        const x = inputs.features.dataSync<'float32'>();
        const wantedLoss = loss.map((value, row) => {
          const mean = x.subarray(row * K, (row + 1) * K).reduce((a, b) => a + b, 0) / K;
          return value + s * (x[row * K + (row % K)] - mean);
        });
        const wantedGradient = backprop.map(
          (g, i) => g + s * ((i % K === Math.floor(i / K) % K ? 1 : 0) - 1 / K),
        );
        const f = (features: tf.Tensor) =>
          differentiableLoss({features, labels: inputs.labels}, {labelSmoothing: s});
        const {value, grad} = tf.valueAndGrad(f)(inputs.features, tf.ones([batch]));
        await expectAsync(value).toBeTheLoss(wantedLoss);
        await expectAsync(grad).toBeTheGradient(wantedGradient);
      }
    }
  });

  it('keep a smoothed loss finite and its digits at the ends of float32', async () => {
    const smoothed = (x: number[], labelSmoothing: number) =>
      runLoss({features: tf.tensor2d([x]), labels: ids([0])}, {labelSmoothing})[0];
    await expectAsync(smoothed([3e38, -3e38, 0], 0.5)).toBeAllClose([1.5e38], {relative: 1e-6});
    await expectAsync(smoothed([1e6 + 1, 1e6], 1)).toBeAllClose([0.8132616875], {absolute: 1e-6});
    expect(smoothed([-Infinity, 0], 1).dataSync()[0]).toBe(Infinity);
    expect(smoothed([0, -Infinity], 0.1).dataSync()[0]).toBe(Infinity);
  });

  it('hold one matrix forward, two with the gradient, and one more with an option', () => {
    const inputs = inputsOf([100, 2000]);
    const matrix = 4 * 100 * 2000;
    const dy = tf.ones([100]);
    const grad = (labelSmoothing: number) => (): tf.Tensor =>
      tf.grad((features: tf.Tensor) =>
        differentiableLoss({features, labels: inputs.labels}, {labelSmoothing, ignoreClass: 1}),
      )(inputs.features, dy);
    const matrices = (call: () => unknown) => peakMemory(call).peakBytes / matrix;
    expect(matrices(() => runLoss(inputs, {}))).toBeLessThan(1.1);
    expect(matrices(() => runLoss(inputs, {labelSmoothing: 0.1}))).toBeLessThan(2.1);
    expect(matrices(grad(0))).toBeLessThan(2.1);
    expect(matrices(grad(0.1))).toBeLessThan(3.1);
  });

  it('leave nothing behind where an op throws, whichever it is', () => {
    // The kernels themselves: tf.grad keeps what is saved for a gradient that throws.
    const cases = [LARGE, TALL].map((shape) => ({...inputsOf(shape), dy: tf.ones([shape[0]])}));
    const call = () =>
      tf.tidy(() => {
        for (const inputs of cases) {
          const statistics = runLoss(inputs, {ignoreClass: 1})[1];
          runGrad({...inputs, statistics}, {ignoreClass: 1, uniformScale: 0.1});
        }
      });
    const original = backend().executeMultipleOutputs.bind(backend());
    const execute = spyOn(backend(), 'executeMultipleOutputs').and.callThrough();
    call();
    const names = execute.calls.allArgs().map(([name]) => name);
    expect(names).toContain('OneHot');
    expect(names).toContain('InplaceSub');
    for (const failing of new Set(names)) {
      execute.and.callFake((...args) => {
        if (args[0] === failing) throw new Error('broken');
        return original(...args);
      });
      const before = usage();
      expect(call).withContext(failing).toThrowError('broken');
      expect(usage()).withContext(failing).toEqual(before);
    }
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
