/**
 * The tensorflow backend alone: which of TensorFlow's ops it runs, and its messages.
 */
import {readdirSync, readFileSync} from 'node:fs';

import * as tf from '@tensorflow/tfjs';

import {differentiableLoss} from '../../src/gradients/loss';
import {
  InvalidArgumentError,
  rawOps,
  sparseSoftmaxCrossEntropyWithLogits as nn,
} from '../../src/index';
import type {TensorFlowBackend} from '../../src/kernels/tensorflow/execute_op';
import {executeNativeOp} from '../../src/kernels/tensorflow/native_op';
import {MAX_SIZE_IN_JAVASCRIPT} from '../../src/kernels/tensorflow/runs_in_javascript';
import {subtractByIndex, subtractByOneHot} from '../../src/kernels/tensorflow/subtract_at_labels';
import {TensorFlowOps} from '../../src/kernels/tensorflow/tensorflow_ops';
import {runGrad, runLoss} from '../../src/run_kernels';
import {describeBackend, usage} from '../helpers/backends';
import {peakMemory} from '../helpers/main_memory';
import {oracle} from '../helpers/oracle';

const backend = () => tf.backend() as unknown as TensorFlowBackend;
const run = (features: tf.Tensor, labels: tf.Tensor) =>
  executeNativeOp(backend(), features, labels);
const ids = (labels: number[]) => tf.tensor1d(labels, 'int32');

describeBackend('tensorflow', 'the native op', () => {
  it('is the raw op, and runs once on whole attributes', () => {
    const execute = spyOn(backend(), 'executeMultipleOutputs').and.callThrough();
    rawOps.sparseSoftmaxCrossEntropyWithLogits({features: tf.ones([2, 3]), labels: ids([0, 1])});
    const calls = execute.calls.allArgs();
    expect(calls.map(([name]) => name)).toEqual(['SparseSoftmaxCrossEntropyWithLogits']);
    const [[, attrs, , numOutputs]] = calls;
    expect(attrs.map(({name}) => name)).toEqual(['T', 'Tlabels']);
    expect(numOutputs).toBe(2);
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
});

describeBackend('tensorflow', 'Loss and Grad', () => {
  const LARGE: [number, number] = [2, MAX_SIZE_IN_JAVASCRIPT / 2 + 1];
  const TALL: [number, number] = [MAX_SIZE_IN_JAVASCRIPT / 8, 10];
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
  const shiftsOf = (statistics: tf.Tensor) => statistics.dataSync().filter((_, i) => i % 2 === 0);
  const opsOf = (
    execute: jasmine.Spy<TensorFlowBackend['executeMultipleOutputs']>,
    call: () => void,
  ) => {
    execute.calls.reset();
    call();
    return execute.calls.allArgs().map(([name]) => name);
  };

  it('run in JavaScript up to the threshold, of any rank, and by ops above', () => {
    const train = (shape: number[]) => {
      const labels = tf.zeros(shape.slice(0, -1), 'int32');
      const {value, grad} = tf.valueAndGrad((x: tf.Tensor) => nn(labels, x))(tf.ones(shape));
      expect(value.shape).toEqual(labels.shape);
      expect(grad.shape).toEqual(shape);
    };
    const execute = spyOn(backend(), 'executeMultipleOutputs').and.callThrough();
    const small = [[3], [2, 1, 2, 3], [2, MAX_SIZE_IN_JAVASCRIPT / 2]];
    expect(opsOf(execute, () => small.forEach(train))).toEqual([]);
    const loss = ['Exp', 'Sum', 'GatherV2', 'RealDiv', 'Log', 'Mul', 'Reshape'];
    const gradient = ['Split', 'Abs', 'Sum', 'Exp', 'Reshape', 'InplaceSub', 'Reshape', 'Reshape', 'RealDiv', 'Mul']; // prettier-ignore
    expect(opsOf(execute, () => train(LARGE))).toEqual([...loss, ...gradient]);
  });

  it('take a shift where a logit asks for one, and agree either way', async () => {
    for (const shape of [LARGE, TALL]) {
      for (const scale of [1, 30]) {
        const [batch] = shape;
        const inputs = inputsOf(shape, scale);
        const [loss, statistics] = runLoss(inputs, {});
        expect(statistics.shape).toEqual([batch, 2]);
        expect(shiftsOf(statistics).some((shift) => shift !== 0)).toBe(scale === 30);
        const {loss: wantedLoss, backprop} = want(inputs);
        await expectAsync(loss).toBeTheLoss(wantedLoss);
        const gradient = runGrad({...inputs, statistics, dy: tf.ones([batch])}, {});
        await expectAsync(gradient).toBeTheGradient(backprop);
      }
    }
  });

  it('are infinite where the upstream gradient is, smoothed or not', () => {
    const inputs = inputsOf(LARGE);
    const statistics = runLoss(inputs, {})[1];
    for (const uniformScale of [0, 1e-9]) {
      const dy = tf.tensor1d([Infinity, 1]);
      const gradient = runGrad({...inputs, statistics, dy}, {uniformScale});
      const [first, ...others] = gradient.dataSync().subarray(0, LARGE[1]);
      expect(first).toBe(-Infinity); // At the label.
      expect(others.every((g) => g === Infinity)).toBeTrue();
    }
  });

  it('take a shift also where all exponentials are near the end of float32', async () => {
    for (const logit of [-40, 30, -87, 80]) {
      const inputs = {features: tf.fill<tf.Rank.R2>(LARGE, logit), labels: ids([1, 0])};
      const [loss, statistics] = runLoss(inputs, {});
      expect(Array.from(shiftsOf(statistics))).toEqual([logit, logit]);
      await expectAsync(loss).toBeTheLoss(want(inputs).loss);
    }
  });

  it('agree for a label far below its row', async () => {
    const logits = tf.buffer(LARGE);
    logits.set(-1e4, 0, 1);
    logits.set(-Infinity, 1, 0);
    const inputs = {features: logits.toTensor() as tf.Tensor2D, labels: ids([1, 0])};
    const [loss, statistics] = runLoss(inputs, {});
    expect(Array.from(shiftsOf(statistics))).toEqual([0, 0]); // The largest logit.
    await expectAsync(loss).toBeTheLoss(want(inputs).loss);
    const gradient = runGrad({...inputs, statistics, dy: tf.ones([2])}, {});
    await expectAsync(gradient).toBeTheGradient(want(inputs).backprop);
  });

  it('are NaN for a label that is no class, in its row alone', () => {
    for (const [batch, classes] of SHAPES) {
      for (const bad of [-1, classes, 2 ** 31 - 1, -(2 ** 31)]) {
        const {features} = inputsOf([batch, classes]);
        const labels = ids(Array.from({length: batch}, (_, row) => (row ? 1 : bad)));
        const [loss, statistics] = runLoss({features, labels}, {});
        const [first, ...others] = loss.dataSync();
        expect(first).toBeNaN();
        expect(others.every(Number.isFinite)).toBeTrue();
        const dy = tf.ones([batch]);
        const gradient = runGrad({dy, features, labels, statistics}, {}).dataSync<'float32'>();
        expect(gradient.subarray(0, classes).every(Number.isNaN)).toBeTrue();
        expect(gradient.subarray(classes).every(Number.isFinite)).toBeTrue();
      }
    }
  });

  it('subtract at labels by index, and by OneHot where no index reaches', async () => {
    const ops = new TensorFlowOps(backend());
    const [labels, values] = [Int32Array.of(2, 0), tf.tensor2d([[0.5], [3]])];
    for (const subtract of [subtractByIndex, subtractByOneHot]) {
      // tf.add makes a new buffer in TensorFlow's memory, into which InplaceSub writes.
      const x = tf.add(tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]), 0);
      const result = subtract(ops, x, labels, values);
      expect(result.shape).toEqual([2, 3]);
      expect(Array.from(result.dataSync())).toEqual([1, 2, 2.5, 1, 5, 6]);
      expect(x.isDisposed).toBeTrue();
    }
  });

  it('add k lse^2 to the loss, and 2 k lse p to the gradient', async () => {
    const k = 0.3;
    const cases: [[number, number], number][] = [[[2, 5], 1], [LARGE, 1], [TALL, 1], [TALL, 30]]; // prettier-ignore
    for (const [shape, scale] of cases) {
      for (const labelSmoothing of [0, 0.1]) {
        const [batch, K] = shape;
        const {features, labels} = inputsOf(shape, scale);
        const options = {labelSmoothing, ignoreClass: 1};
        const x = features.dataSync<'float32'>();
        const plain = oracle({logits: x, labels: labels.dataSync(), numClasses: K, options});
        // Softmax, and lse as the loss of the first class beyond its logit.
        const first = oracle({logits: x, labels: new Int32Array(batch), numClasses: K});
        const lse = first.loss.map((value, row) => value + x[row * K]);
        const p = (i: number) => first.backprop[i] + (i % K === 0 ? 1 : 0);
        const counted = (row: number) => row % K !== 1;
        const wantedLoss = plain.loss.map((v, i) => (counted(i) ? v + k * lse[i] ** 2 : 0));
        const wantedGradient = plain.backprop.map((g, i) => {
          const row = Math.floor(i / K);
          return counted(row) ? g + 2 * k * lse[row] * p(i) : 0;
        });
        const f = (x: tf.Tensor) =>
          differentiableLoss({features: x, labels}, {...options, zLoss: k});
        const {value, grad} = tf.valueAndGrad(f)(features, tf.ones([batch]));
        await expectAsync(value).toBeTheLoss(wantedLoss);
        await expectAsync(grad).toBeTheGradient(wantedGradient);
      }
    }
  });

  it('have a z-loss of NaN where the loss is, and of 0 in an ignored row', () => {
    for (const logit of [NaN, Infinity, -Infinity]) {
      const rows = [logit, logit, 0].map((x) => tf.fill([1, LARGE[1]], x));
      const inputs = {features: tf.concat(rows) as tf.Tensor2D, labels: ids([-1, 1, 1])};
      const attrs = {ignoreClass: -1, zLoss: 1};
      const [loss, statistics] = runLoss(inputs, attrs);
      const [ignored, nan, finite] = loss.dataSync();
      expect([ignored, nan]).toEqual([0, NaN]);
      expect(finite).toBeCloseTo(Math.log(LARGE[1]) + Math.log(LARGE[1]) ** 2, 4);
      const gradient = runGrad({...inputs, statistics, dy: tf.ones([3])}, attrs);
      const row = (i: number) => gradient.dataSync().subarray(i * LARGE[1], (i + 1) * LARGE[1]);
      expect(row(0).every((g) => g === 0)).toBeTrue();
      expect(row(1).every(Number.isNaN)).toBeTrue();
      expect(row(2).every(Number.isFinite)).toBeTrue();
    }
  });

  it('keep the gradient at the label where the z-loss takes the rest away', async () => {
    // 1 + 2 k lse = 0.
    const logits = tf.buffer(LARGE, 'float32', new Float32Array(2 * LARGE[1]).fill(-1e9));
    logits.set(-1, 0, 1);
    logits.set(-1, 1, 0);
    const inputs = {features: logits.toTensor() as tf.Tensor2D, labels: ids([1, 0])};
    const statistics = runLoss(inputs, {})[1];
    const zLoss = -0.5 / Math.log(statistics.dataSync()[1]);
    expect(1 + 2 * zLoss * Math.log(statistics.dataSync()[1])).toBe(0);
    const gradient = runGrad({...inputs, statistics, dy: tf.ones([2])}, {zLoss});
    const wanted = new Float32Array(2 * LARGE[1]);
    wanted[1] = wanted[LARGE[1]] = -1;
    await expectAsync(gradient).toBeTheGradient(wanted);
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
    const large = [3e38, ...new Array<number>(MAX_SIZE_IN_JAVASCRIPT).fill(-3e38)];
    await expectAsync(smoothed(large, 0.5)).toBeAllClose([3e38], {relative: 1e-4});
    await expectAsync(smoothed([3e38, -3e38, 0], 0.5)).toBeAllClose([1.5e38], {relative: 1e-6});
    await expectAsync(smoothed([1e6 + 1, 1e6], 1)).toBeAllClose([0.8132616875], {absolute: 1e-6});
    expect(smoothed([-Infinity, 0], 1).dataSync()[0]).toBe(Infinity);
    const masked = [-Infinity, ...new Array<number>(MAX_SIZE_IN_JAVASCRIPT).fill(0)];
    expect(smoothed(masked, 1).dataSync()[0]).toBe(Infinity);
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
    // A row of NaN, ignored, needs a mask.
    const logits = new Float32Array(LARGE[0] * LARGE[1]).fill(NaN, LARGE[1]);
    const inputs = {features: tf.tensor2d(logits, LARGE), labels: ids([0, 1])};
    const call = () =>
      tf.tidy(() => {
        const statistics = runLoss(inputs, {ignoreClass: 1, labelSmoothing: 0.1})[1];
        const dy = tf.ones([2]);
        runGrad({...inputs, dy, statistics}, {ignoreClass: 1, uniformScale: 0.1});
      });
    const original = backend().executeMultipleOutputs.bind(backend());
    const execute = spyOn(backend(), 'executeMultipleOutputs').and.callThrough();
    call();
    const names = execute.calls.allArgs().map(([name]) => name);
    for (const name of ['Max', 'Sub', 'Mul', 'InplaceSub', 'SelectV2']) {
      expect(names).toContain(name);
    }
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
