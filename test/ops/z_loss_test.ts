/** The option zLoss on every backend: k lse^2 in the loss, and what follows for its derivatives. */
import * as tf from '@tensorflow/tfjs';

import {sparseSoftmaxCrossEntropyWithLogits as nn, type TargetOptions} from '../../src/index';
import golden from '../goldens/z_loss.json';
import type {Tolerance} from '../backends/description';
import {describeBackend, describeEachVariant} from '../helpers/backends';
import {
  type Case,
  finiteCases,
  ignoringCases,
  nonFiniteCases,
  smoothingCases,
} from '../helpers/cases';
import {numbers, toTensor} from '../helpers/goldens';
import {oracle, type Rows as OracleRows} from '../helpers/oracle';
import {classIds, normals} from '../helpers/random';
import {HIDDEN_MEMORY, withModule} from '../helpers/wasm';

interface Rows extends OracleRows {
  readonly dy: ArrayLike<number>;
}

/** The loss, and its gradient for dy. */
function expected({dy, ...rows}: Rows) {
  const {loss, backprop} = oracle(rows);
  const gradient = backprop.map((value, i) => value * dy[Math.floor(i / rows.numClasses)]);
  return {loss, gradient};
}

/** Few classes and many; an offset makes lse large beside the loss. */
const SHAPES = [
  {batch: 3, numClasses: 5, offset: -2},
  {batch: 7, numClasses: 1000, offset: 10},
];
const OPTIONS: TargetOptions[] = [
  {},
  {ignoreClass: -1},
  {labelSmoothing: 0.1},
  {ignoreClass: -1, labelSmoothing: 0.1},
];

const CASES = [...finiteCases, ...nonFiniteCases, ...ignoringCases, ...smoothingCases];

async function expectCase(testCase: Case, tolerance: Tolerance): Promise<void> {
  for (const zLoss of [1e-4, 0.5]) {
    const {batch, numClasses, logits, labels} = testCase;
    const options = {...testCase.options, zLoss};
    const dy = new Float32Array(batch).fill(-0.5); // A power of two, so that it rounds nothing.
    const f = (x: tf.Tensor) => nn(tf.tensor1d(labels, 'int32'), x, options);
    const {value, grad} = tf.valueAndGrad(f)(
      tf.tensor2d(logits, [batch, numClasses]),
      tf.tensor1d(dy),
    );
    const want = expected({logits, labels, numClasses, dy, options});
    const name = `zLoss ${zLoss}: ${testCase.name}`;
    await expectAsync(value).withContext(name).toBeAllClose(want.loss, tolerance);
    await expectAsync(grad).withContext(name).toBeAllClose(want.gradient, tolerance);
  }
}

describeEachVariant('zLoss', (backendName, variant) => {
  for (const {batch, numClasses, offset} of SHAPES) {
    for (const zLoss of [1e-4, 0.1]) {
      for (const others of OPTIONS) {
        it(`is in the loss and the gradient: ${zLoss}, [${batch}, ${numClasses}], ${JSON.stringify(others)}`, async () => {
          const options = {...others, zLoss};
          const logits = normals(batch * numClasses, 2, offset, 1);
          const labels = classIds(batch, numClasses, 2);
          if (options.ignoreClass !== undefined) {
            labels[1] = options.ignoreClass;
            logits[numClasses] = NaN;
          }
          const dy = normals(batch, 1, 0, 3);
          const $labels = tf.tensor1d(labels, 'int32');
          const f = (x: tf.Tensor) => nn($labels, x, options);
          const x = tf.tensor2d(logits, [batch, numClasses]);
          const want = expected({logits, labels, numClasses, dy, options});
          await expectAsync(f(x)).toBeAllClose(want.loss, {scaled: 1e-6});
          const gradient = tf.grad(f)(x, tf.tensor1d(dy));
          await expectAsync(gradient).toBeAllClose(want.gradient, {scaled: 2e-6});
        });
      }
    }
  }

  it('leaves the target where it makes 1 + 2 zLoss lse 0', async () => {
    const x = tf.tensor2d([-1, -1], [2, 1]);
    const f = (x: tf.Tensor) => nn(tf.tensor1d([0, -1], 'int32'), x, {zLoss: 0.5, ignoreClass: -1});
    const {value, grad} = tf.valueAndGrad(f)(x);
    await expectAsync(value).toBeAllClose([0.5, 0], {scaled: 1e-6});
    await expectAsync(grad).toBeAllClose([-1, 0], {absolute: 2e-6});
  });

  if (variant !== undefined) return;

  for (const test of golden.values) {
    const {zLoss, smoothing, logits} = test;
    it(`agrees with TensorFlow to the third derivative: ${zLoss}, ${smoothing}, [${logits.shape}]`, async () => {
      const [x, labels, dy, u, v] = [logits, test.labels, test.dy, test.u, test.v].map(toTensor);
      const f = (x: tf.Tensor) => nn(labels, x, {zLoss, labelSmoothing: smoothing});
      const first = (x: tf.Tensor) => tf.grad(f)(x, dy);
      const second = (x: tf.Tensor) => tf.grad(first)(x, u);
      const third = (x: tf.Tensor) => tf.grad(second)(x, v);
      await expectAsync(f(x)).toBeAllClose(numbers(test.loss), {scaled: 2e-6});
      await expectAsync(first(x)).toBeAllClose(numbers(test.first), {scaled: 4e-6});
      await expectAsync(second(x)).toBeAllClose(numbers(test.second), {scaled: 4e-6});
      await expectAsync(third(x)).toBeAllClose(numbers(test.third), {scaled: 8e-6});
    });
  }

  for (const testCase of CASES) {
    it(`is that of float64: ${testCase.name}`, () =>
      expectCase(testCase, {scaled: backendName === 'cpu' ? 2e-7 : 2e-6}));
  }

  // Against float64: tf.js differentiates no tf.logSumExp, and no tf.exp, twice.
  it('has the second derivative of the loss', async () => {
    const [batch, numClasses] = [3, 5];
    const logits = normals(batch * numClasses, 2, 0, 1);
    const labels = classIds(batch, numClasses, 2);
    const $labels = tf.tensor1d(labels, 'int32');
    const x = tf.tensor2d(logits, [batch, numClasses]);
    for (const zLoss of [1e-4, 0.1]) {
      const f = (x: tf.Tensor) => nn($labels, x, {zLoss});
      const got = tf.grad((x: tf.Tensor) => tf.sum(tf.square(tf.grad(f)(x))))(x);
      const dy = [1, 1, 1];
      const squares = (i: number, step: number) => {
        const moved = Float64Array.from(logits);
        moved[i] += step;
        const rows = {logits: moved, labels, numClasses, dy, options: {zLoss}};
        return expected(rows).gradient.reduce((sum, g) => sum + g * g, 0);
      };
      const step = 1e-4;
      const want = Array.from(
        logits,
        (_, i) => (squares(i, step) - squares(i, -step)) / (2 * step),
      );
      await expectAsync(got).toBeAllClose(want, {absolute: 4e-6});
    }
  });
});

describeBackend('wasm', 'zLoss where rows/ does the work', () => {
  for (const testCase of CASES) {
    it(`is that of float64: ${testCase.name}`, () =>
      withModule(HIDDEN_MEMORY, () => expectCase(testCase, {scaled: 2e-7})));
  }
});
