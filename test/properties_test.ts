/** Properties that hold for any input, drawn by fast-check. */
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

import {sparseSoftmaxCrossEntropyWithLogits as nn} from '../src/index';
import {descriptionOf} from './backends';
import type {Tolerance} from './backends/description';
import {float32, rowsOf, type Shape, wildLogit} from './fuzz/rows';
import {describeEachBackend} from './helpers/backends';
import {isClose} from './helpers/matchers';
import {oracle, type Rows} from './helpers/oracle';

/**
 * Few shapes, because a GPU compiles tf.js's programs for each, and many rows, because waiting for
 * it takes longer than all that it does for one.
 */
const shapes: readonly Shape[] = [[[5], 1], [[150], 2], [[101], 3], [[1], 5], [[64], 5], [[40], 12], [[11], 33], [[7], 70]]; // prettier-ignore

interface Answer {
  readonly loss: ArrayLike<number>;
  readonly grad: ArrayLike<number>;
}

async function run({logits, labels, numClasses}: Rows): Promise<Answer> {
  const {value, grad} = tf.tidy(() => {
    const x = tf.tensor2d(Float32Array.from(logits), [labels.length, numClasses]);
    const $labels = tf.tensor1d(Int32Array.from(labels), 'int32');
    return tf.valueAndGrad((x: tf.Tensor) => nn($labels, x))(x);
  });
  const [loss, gradient] = await Promise.all([value.data(), grad.data()]);
  tf.dispose([value, grad]);
  return {loss, grad: gradient};
}

async function holds<T>(
  cases: fc.Arbitrary<T>,
  property: (drawn: T) => Promise<void>,
): Promise<void> {
  await fc.assert(fc.asyncProperty(cases, property), {seed: 2026, numRuns: 30});
  expect(true).toBeTrue(); // fast-check throws; jasmine wants an expectation.
}

/** Throws, for fast-check to shrink, where jasmine's matchers would only note the failure. */
function assertClose(got: ArrayLike<number>, want: ArrayLike<number>, tolerance: Tolerance): void {
  for (let i = 0; i < want.length; i++) {
    if (!isClose(got[i], want[i], tolerance)) {
      throw new Error(`[${i}] got ${got[i]}, want ${want[i]}`);
    }
  }
}

describeEachBackend('for any input', () => {
  const moderate = rowsOf(float32(30), shapes);

  it('the loss and the gradient are those of the float64 oracle', async () => {
    await holds(rowsOf(float32(Math.fround(1e30)), shapes), async (rows) => {
      const {loss, grad} = await run(rows);
      const want = oracle(rows);
      const promise = descriptionOf(tf.getBackend()).promises;
      assertClose(loss, want.loss, promise.loss);
      assertClose(grad, want.backprop, promise.gradient);
    });
  });

  it('NaN and infinities fall where they fall in float64', async () => {
    await holds(rowsOf(wildLogit(3e38, -3e38), shapes), async (rows) => {
      const {loss, grad} = await run(rows);
      const want = oracle(rows);
      const kind = (x: number) => (Number.isFinite(Math.fround(x)) ? 0 : Math.fround(x));
      assertClose(Array.from(loss, kind), want.loss.map(kind), {});
      assertClose(Array.from(grad, kind), want.backprop.map(kind), {});
    });
  });

  it('it equals the dense loss of the one-hot labels', async () => {
    const atLeastTwoClasses = moderate.filter(({numClasses}) => numClasses > 1);
    await holds(atLeastTwoClasses, async ({logits, labels, numClasses}) => {
      const dense = tf.tidy(() => {
        const x = tf.tensor2d(Float32Array.from(logits), [labels.length, numClasses]);
        const oneHot = tf.oneHot(tf.tensor1d(Int32Array.from(labels), 'int32'), numClasses);
        return tf.losses.softmaxCrossEntropy(oneHot, x, undefined, 0, tf.Reduction.NONE);
      });
      const {loss} = await run({logits, labels, numClasses});
      assertClose(loss, await dense.data(), {absolute: 1e-5});
      dense.dispose();
    });
  });

  it('the same number added to every logit of a row changes no bit, where it adds exactly', async () => {
    const eighths = rowsOf(
      fc.integer({min: -160, max: 160}).map((n) => n / 8),
      shapes,
    );
    const shifts = fc.integer({min: -1000, max: 1000});
    await holds(fc.tuple(eighths, shifts), async ([rows, shift]) => {
      const moved = {...rows, logits: Array.from(rows.logits, (x) => x + shift)};
      const [there, here] = [await run(moved), await run(rows)];
      assertClose(there.loss, here.loss, {});
      assertClose(there.grad, here.grad, {});
    });
  });

  it('permuting the classes permutes the gradient and leaves the loss', async () => {
    await holds(moderate, async ({logits, labels, numClasses}) => {
      const reversed = (values: ArrayLike<number>) =>
        Array.from(
          values,
          (_, i) => values[i - (i % numClasses) + numClasses - 1 - (i % numClasses)],
        );
      const there = await run({logits, labels, numClasses});
      const back = await run({
        logits: reversed(logits),
        labels: Array.from(labels, (label) => numClasses - 1 - label),
        numClasses,
      });
      // Another order of summation, so another rounding.
      const promise = descriptionOf(tf.getBackend()).promises;
      assertClose(back.loss, there.loss, promise.loss);
      assertClose(reversed(back.grad), there.grad, promise.gradient);
    });
  });

  it('a loss is never negative, and a gradient row sums to 0', async () => {
    await holds(moderate, async (rows) => {
      const {loss, grad} = await run(rows);
      for (const value of Array.from(loss)) {
        if (!(value >= 0)) throw new Error(`a loss of ${value}`);
      }
      for (let begin = 0; begin < grad.length; begin += rows.numClasses) {
        const row = Array.from({length: rows.numClasses}, (_, j) => grad[begin + j]);
        const sum = row.reduce((a, b) => a + b);
        assertClose([sum], [0], {absolute: rows.numClasses * 2 ** -23});
      }
    });
  });
});
