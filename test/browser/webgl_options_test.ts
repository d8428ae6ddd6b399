/** The options of the kernels as the shaders compute them, and WebGL 1 beside them. */
import * as tf from '@tensorflow/tfjs';

import {differentiableLoss} from '../../src/gradients/loss';
import {InvalidArgumentError, sparseSoftmaxCrossEntropyWithLogits as nn} from '../../src/index';
import type {LossKernelConfig} from '../../src/kernel_names';
import {runGrad, runLoss} from '../../src/run_kernels';
import {describeBackend, type Flags, SHADERS_ONLY} from '../helpers/backends';
import {classIds, normals} from '../helpers/random';
import {probe, webglBackend} from '../../bench/webgl_probe';

interface Options {
  readonly ignoreClass?: number;
  readonly labelSmoothing?: number;
}

interface Rows {
  readonly logits: Float32Array;
  readonly labels: Int32Array;
  readonly numClasses: number;
}

/** In float64, by the textbook; written apart from src/. NaN for a label out of range. */
function oracle({logits, labels, numClasses}: Rows, {ignoreClass, labelSmoothing: s = 0}: Options) {
  const loss: number[] = [];
  const backprop: number[] = [];
  labels.forEach((label, row) => {
    const x = [...logits.subarray(row * numClasses, (row + 1) * numClasses)];
    if (label === ignoreClass || !(label >= 0 && label < numClasses)) {
      const value = label === ignoreClass ? 0 : NaN;
      loss.push(value);
      backprop.push(...x.map(() => value));
      return;
    }
    const max = x.reduce((a, b) => Math.max(a, b));
    const exps = x.map((value) => Math.exp(value - max));
    const sum = exps.reduce((a, b) => a + b);
    // Infinity - Infinity where the row holds one; - max, so that the sum of the distances is exact.
    const ofLabel = s === 1 ? 0 : (1 - s) * (max - x[label]);
    const ofMean = s === 0 ? 0 : (s * x.reduce((a, b) => a + (max - b), 0)) / numClasses;
    loss.push(Math.log(sum) + ofLabel + ofMean + (max - max));
    exps.forEach((e, j) => backprop.push(e / sum - (j === label ? 1 - s : 0) - s / numClasses));
  });
  return {loss, backprop};
}

/** Loss and gradient by the kernels against the oracle. */
async function check(rows: Rows, options: Options, dy?: Float32Array): Promise<void> {
  const {loss, backprop} = oracle(rows, options);
  const batch = rows.labels.length;
  const features = tf.tensor2d(rows.logits, [batch, rows.numClasses]);
  const labels = tf.tensor1d(rows.labels, 'int32');
  const ofLogits = (x: tf.Tensor) => differentiableLoss({features: x, labels}, options);
  const $dy = dy === undefined ? undefined : tf.tensor1d(dy);
  const {value, grad} = tf.valueAndGrad(ofLogits)(features, $dy);
  await expectAsync(value).withContext(JSON.stringify(options)).toBeTheLoss(loss);
  await expectAsync(runLoss({features, labels}, options)[0]).toBeTheLoss(loss);
  const want = backprop.map((g, i) => (g === 0 ? 0 : g * (dy?.[Math.floor(i / rows.numClasses)] ?? 1))); // prettier-ignore
  await expectAsync(grad).withContext(JSON.stringify(options)).toBeTheGradient(want);
}

const ordinary = (batch: number, numClasses: number, offset = 0): Rows => ({
  logits: normals(batch * numClasses, 3, offset, batch + numClasses),
  labels: classIds(batch, numClasses, numClasses),
  numClasses,
});

function suite(): void {
  const sizes = [[7, 5], [8, 4], [1, 3], [5, 1], [3, 32], [7, 33], [64, 33], [8, 1000], [1025, 40], [3, 20001]]; // prettier-ignore
  for (const [batch, numClasses] of sizes) {
    it(`ignore a class and smooth labels: [${batch}, ${numClasses}]`, async () => {
      const rows = ordinary(batch, numClasses);
      const dy = normals(batch, 1, 0, 9);
      for (const labelSmoothing of [0, 0.1, 1]) {
        await check(rows, {labelSmoothing});
        await check(rows, {labelSmoothing, ignoreClass: rows.labels[0]}, dy);
      }
    });

    it(`ignore a class outside [0, classes), of any logits: [${batch}, ${numClasses}]`, async () => {
      for (const ignoreClass of [-1, -100, 0, numClasses, numClasses + 1]) {
        for (const bad of [NaN, Infinity, -Infinity, 3e38]) {
          const {logits, labels} = ordinary(batch, numClasses);
          for (let row = 0; row < batch; row += 2) {
            labels[row] = ignoreClass;
            logits[row * numClasses + (row % numClasses)] = bad;
          }
          await check({logits, labels, numClasses}, {ignoreClass});
          await check({logits, labels, numClasses}, {ignoreClass, labelSmoothing: 0.1});
        }
      }
    });
  }

  it('leave a row NaN whose label is neither a class nor ignored', async () => {
    for (const numClasses of [5, 45]) {
      const {logits} = ordinary(5, numClasses);
      const labels = Int32Array.of(-1, -100, 1, numClasses, 0);
      for (const labelSmoothing of [0, 0.1]) {
        await check({logits, labels, numClasses}, {ignoreClass: -100, labelSmoothing});
        await check({logits, labels, numClasses}, {ignoreClass: -1, labelSmoothing});
        await check({logits, labels, numClasses}, {labelSmoothing});
      }
    }
  });

  it('smooth at an offset of a million', async () => {
    for (const numClasses of [10, 500]) {
      for (const offset of [1e6, -1e6]) {
        await check(ordinary(16, numClasses, offset), {labelSmoothing: 0.1});
        await check(ordinary(16, numClasses, offset), {labelSmoothing: 1});
      }
    }
  });

  for (const numClasses of [3, 40, 2000]) {
    it(`smooth logits 6e38 apart, equal ones and far ones: ${numClasses} classes`, async () => {
      const rowsOf = (...values: number[][]): Rows => {
        const logits = new Float32Array(values.length * numClasses);
        values.forEach((row, i) => {
          const rest = row[row.length - 1];
          logits.fill(rest, i * numClasses, (i + 1) * numClasses);
          logits.set(row, i * numClasses);
        });
        return {logits, labels: new Int32Array(values.length), numClasses};
      };
      for (const labelSmoothing of [0.1, 0.4, 0.9, 1]) {
        const far = rowsOf([3e38, -3e38, 0], [0, 3e38, -3e38], [-3e38, 3e38, -3e38], [3e38, -3e38]);
        await check(far, {labelSmoothing});
        await check(rowsOf([-3e38, -3e38], [3e38, 3e38], [0, 0], [-1e4, 0], [1e4, 0]), {
          labelSmoothing,
        });
      }
    });

    it(`smooth rows of infinities and NaN: ${numClasses} classes`, async () => {
      for (const bad of [-Infinity, Infinity, NaN]) {
        for (const labelSmoothing of [0, 0.1, 1]) {
          const {logits, labels} = ordinary(6, numClasses);
          labels.fill(0);
          logits[0] = bad; // At the label, elsewhere, and everywhere.
          logits[2 * numClasses + 1] = bad;
          logits[3 * numClasses + numClasses - 1] = bad;
          logits.fill(bad, 4 * numClasses, 5 * numClasses);
          await check({logits, labels, numClasses}, {labelSmoothing});
        }
      }
    });

    it(`make softmax of Grad without a target: ${numClasses} classes`, async () => {
      const {logits, labels} = ordinary(5, numClasses);
      const features = tf.tensor2d(logits, [5, numClasses]);
      const inputs = {features, labels: tf.tensor1d(labels, 'int32')};
      const {backprop} = oracle({logits, labels, numClasses}, {});
      const softmax = backprop.map((g, i) =>
        i % numClasses === labels[Math.floor(i / numClasses)] ? g + 1 : g,
      );
      for (const labelSmoothing of [0, 0.1]) {
        const statistics = runLoss(inputs, {labelSmoothing})[1];
        const dy = tf.ones([5]);
        const p = runGrad({dy, ...inputs, statistics}, {labelScale: 0, uniformScale: 0});
        await expectAsync(p).toBeTheGradient(softmax);
      }
    });
  }
}

const variants: {readonly [name: string]: Flags} = {
  shaders: SHADERS_ONLY,
  'textures of 512': {...SHADERS_ONLY, WEBGL_MAX_TEXTURE_SIZE: 512},
  'nothing packed': {...SHADERS_ONLY, WEBGL_PACK: false, WEBGL_LAZILY_UNPACK: false},
  'WebGL 1': {...SHADERS_ONLY, WEBGL_VERSION: 1},
  'default flags': {},
};
for (const [name, flags] of Object.entries(variants)) {
  describeBackend('webgl', `options, ${name},`, suite, flags);
}

describeBackend(
  'webgl',
  'options',
  () => {
    it('take no draw more, no more texture, and compile nothing for another value', () => {
      for (const numClasses of [10, 1000]) {
        const features = tf.matMul(tf.ones([128, 1]), tf.randomNormal([1, numClasses]));
        const labels = tf.fill([128], 3, 'int32');
        const dy = tf.mul(tf.ones([128]), tf.fill([128], 0.5));
        const step = (options: Options) => {
          const ofLogits = (x: tf.Tensor) => differentiableLoss({features: x, labels}, options);
          return probe(() => tf.grad(ofLogits)(features, dy));
        };
        step({}); // Uploads and compiles.
        step({labelSmoothing: 0.5});
        const plain = step({});
        for (const options of [
          {ignoreClass: 3},
          {ignoreClass: -1},
          {labelSmoothing: 0.1},
          {labelSmoothing: 1, ignoreClass: 0},
        ]) {
          const {draws, compiled, peakBytes} = step(options);
          expect(draws).toEqual(plain.draws);
          expect(compiled).toBe(0);
          expect(peakBytes).toBeLessThanOrEqual(plain.peakBytes + 16 * 128 * 31);
        }
      }
    });

    it('refuse to ignore a class that a float does not tell from its neighbours', () => {
      const inputs = {features: tf.zeros([1, 3]), labels: tf.zeros([1], 'int32')};
      const ignoring = (ignoreClass: number) => () => runLoss(inputs, {ignoreClass});
      expect(ignoring(2 ** 24 + 1)).toThrowError(/`ignoreClass` is 16777217, but .* floats/);
      expect(ignoring(-(2 ** 24))).not.toThrow();
    });
  },
  SHADERS_ONLY,
);

describeBackend(
  'webgl',
  'debug mode',
  () => {
    const {refuse} = tf.getKernel('SparseSoftmaxCrossEntropyLoss', 'webgl') as LossKernelConfig;
    const labels = () => tf.add(tf.tensor2d([[0, 1, -1], [-100, 7, 2]], [2, 3], 'int32'), tf.scalar(0, 'int32')); // prettier-ignore

    it('refuses a label outside [0, classes), and says which and where', () => {
      const onGpu = labels();
      const logits = tf.ones([2, 3, 5]);
      tf.env().set('DEBUG', true);
      try {
        expect(() => refuse(onGpu, 8, -100)).toThrowError(InvalidArgumentError, /value of -1 .* \[0, 8\), at \[0, 2\] of .* \[2, 3\]/); // prettier-ignore
        expect(() => refuse(onGpu, 8, -1)).toThrowError(/value of -100 .* at \[1, 0\]/);
        expect(() => nn(onGpu, logits)).toThrowError(InvalidArgumentError, /value of -1 /);
        expect(() => refuse(tf.scalar(5, 'int32'), 5)).toThrowError(/value of 5 .* at \[\]/);
        expect(() => refuse(tf.scalar(4, 'int32'), 5)).not.toThrow();
        expect(() => refuse(tf.scalar(5, 'int32'), 5, 5)).not.toThrow();
      } finally {
        tf.env().set('DEBUG', false);
      }
    });

    it('alone reads labels back', () => {
      const onGpu = labels();
      const read = spyOn(webglBackend(), 'readSync').and.callThrough();
      refuse(onGpu, 8, -100);
      expect(read).not.toHaveBeenCalled();
    });
  },
  SHADERS_ONLY,
);
