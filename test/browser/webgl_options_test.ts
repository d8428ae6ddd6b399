/**
 * The options of the kernels where webgl differs: rows cut into windows, floats for labels, debug
 * mode.
 */
import * as tf from '@tensorflow/tfjs';

import {probe, webglBackend} from '../helpers/webgl_probe';
import {differentiableLoss} from '../../src/gradients/loss';
import {
  InvalidArgumentError,
  losses,
  sparseSoftmaxCrossEntropyWithLogits as nn,
  type TargetOptions,
} from '../../src/index';
import type {LossKernelConfig} from '../../src/kernel_names';
import {webgl} from '../backends/webgl';
import {describeBackend, SHADERS_ONLY} from '../helpers/backends';
import {oracle} from '../helpers/oracle';
import {classIds, normals} from '../helpers/random';

/** Rows that the shaders cut into windows, in which what smoothing sums has a shift each. */
function windows(classCounts: readonly number[]): void {
  async function check(logits: Float32Array, batch: number, options: TargetOptions) {
    const numClasses = logits.length / batch;
    const ids = classIds(batch, numClasses, 1);
    const want = oracle({logits, labels: ids, numClasses, options});
    const labels = tf.tensor1d(ids, 'int32');
    const ofLogits = (x: tf.Tensor) => nn(labels, x, options);
    const {value, grad} = tf.valueAndGrad(ofLogits)(tf.tensor2d(logits, [batch, numClasses]));
    await expectAsync(value).toBeTheSmoothedLoss(want.loss);
    await expectAsync(grad).toBeTheSmoothedGradient(want.backprop);
  }

  for (const [batch, numClasses] of [
    [64, 33],
    [8, 1000],
    [1025, 40],
    [3, 20001],
  ]) {
    // prettier-ignore
    it(`smooth: [${batch}, ${numClasses}]`, async () => {
      for (const labelSmoothing of [0.1, 1]) {
        for (const offset of [0, 1e6]) {
          const logits = normals(batch * numClasses, 3, offset, batch);
          await check(logits, batch, {labelSmoothing, ignoreClass: numClasses - 1});
        }
      }
    });
  }

  it('read every texel of a row once, whole ones two at a turn, and the half one of an odd row', async () => {
    for (const numClasses of classCounts) {
      const logits = normals(3 * numClasses, 3, 0, numClasses);
      for (const options of [{}, {labelSmoothing: 0.5}]) await check(logits, 3, options);
    }
  });

  for (const numClasses of [40, 2000]) {
    it(`smooth logits 6e38 apart, and infinities, in windows of their own: ${numClasses} classes`, async () => {
      const [first, last] = [0, numClasses - 1];
      const rows: Array<{[column: number]: number}> = [
        {[first]: 3e38, [last]: -3e38},
        {[first]: -3e38, [last]: 3e38},
        {[first]: 1e4},
        {[last]: -1e4},
        {[last]: -Infinity},
        {[last]: Infinity},
        {[first]: NaN},
      ];
      for (const rest of [0, 3e38, -3e38]) {
        const logits = new Float32Array(rows.length * numClasses).fill(rest);
        rows.forEach((row, i) => {
          for (const [j, x] of Object.entries(row)) logits[i * numClasses + Number(j)] = x;
        });
        for (const labelSmoothing of [0.1, 0.4, 1])
          await check(logits, rows.length, {labelSmoothing});
      }
    });
  }
}

const EACH_COUNT = Array.from({length: 69}, (_, i) => i + 2);
/** Few classes and many, even and odd, on both sides of each limit. */
const SOME_COUNTS = [2, 3, 5, 31, 32, 33, 34, 63, 64, 65, 66, 67, 70];
const inWindows = 'options of rows in windows';
describeBackend('webgl', `${inWindows}, shaders,`, () => windows(EACH_COUNT), SHADERS_ONLY);
for (const [name, flags] of Object.entries(webgl.variants)) {
  describeBackend('webgl', `${inWindows}, ${name},`, () => windows(SOME_COUNTS), flags);
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
        const step = (options: TargetOptions) => {
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

    it('of a loss count its labels in a few draws of single numbers, and read nothing', () => {
      const [batch, numClasses] = [512, 1000];
      const logits = tf.matMul(tf.ones([batch, 1]), tf.randomNormal([1, numClasses]));
      const labels = tf.add(tf.zeros([batch], 'int32'), tf.scalar(3, 'int32'));
      const step = (options: TargetOptions) =>
        probe(() =>
          tf.grad((x: tf.Tensor) => losses.sparseSoftmaxCrossEntropy(labels, x, 1, options))(
            logits,
          ),
        );
      step({});
      const plain = step({});
      step({ignoreClass: 3});
      const read = spyOn(webglBackend(), 'readSync').and.callThrough();
      const ignoring = step({ignoreClass: 3});
      expect(read).not.toHaveBeenCalled();
      expect(ignoring.draws.length).toBeLessThanOrEqual(plain.draws.length + 8);
      expect(ignoring.peakBytes).toBeLessThanOrEqual(plain.peakBytes + 16 * batch);
    });

    it('refuse to ignore a class that a float does not tell from its neighbours', () => {
      const ignoring = (ignoreClass: number) => () => nn([0], [[0, 0, 0]], {ignoreClass});
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
        expect(() => refuse(onGpu, 8, -100)).toThrowError(
          InvalidArgumentError,
          /label at \[0, 2\] .* value of -1 .* \[0, 8\)/,
        );
        expect(() => refuse(onGpu, 8, -1)).toThrowError(/label at \[1, 0\] .* value of -100 /);
        expect(() => nn(onGpu, logits)).toThrowError(InvalidArgumentError, /value of -100 /);
        expect(() => refuse(tf.scalar(5, 'int32'), 5)).toThrowError(/label at \[\] .* value of 5 /);
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
