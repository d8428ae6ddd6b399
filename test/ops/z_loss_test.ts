/** The option zLoss on every backend: k lse^2 in the loss, and what follows for its derivatives. */
import * as tf from '@tensorflow/tfjs';

import {sparseSoftmaxCrossEntropyWithLogits as nn, type TargetOptions} from '../../src/index';
import {describeEachVariant} from '../helpers/backends';
import {classIds, normals} from '../helpers/random';

interface Rows {
  readonly logits: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
  readonly numClasses: number;
  readonly dy: ArrayLike<number>;
  readonly options: TargetOptions;
}

/** In float64, as kernel_names.ts has the formula. */
function expected({logits, labels, numClasses, dy, options}: Rows) {
  const {ignoreClass, labelSmoothing: s = 0, zLoss: k = 0} = options;
  const loss: number[] = [];
  const gradient: number[] = [];
  for (let row = 0; row < labels.length; row++) {
    const x = Array.from({length: numClasses}, (_, j) => logits[row * numClasses + j]);
    const isIgnored = labels[row] === ignoreClass;
    const max = x.reduce((a, b) => Math.max(a, b));
    const sumExp = x.reduce((sum, value) => sum + Math.exp(value - max), 0);
    const lse = max + Math.log(sumExp);
    const mean = x.reduce((sum, value) => sum + value / numClasses, 0);
    loss.push(isIgnored ? 0 : lse - (1 - s) * x[labels[row]] - s * mean + k * lse * lse);
    x.forEach((value, j) => {
      const p = Math.exp(value - max) / sumExp;
      const target = (1 - s) * Number(j === labels[row]) + s / numClasses;
      gradient.push(isIgnored ? 0 : dy[row] * ((1 + 2 * k * lse) * p - target));
    });
  }
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

describeEachVariant('zLoss', (_, variant) => {
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
