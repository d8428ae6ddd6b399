/** What must hold for any input, drawn by fast-check. */
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

import {sparseSoftmaxCrossEntropyWithLogits as nn} from '../src/index';
import {describeEachBackend} from './helpers/backends';
import {isClose, PROMISES, type Tolerance} from './helpers/matchers';
import {oracle, type Rows} from './helpers/oracle';

const float32 = (max: number) => fc.float({min: -max, max, noNaN: true, noDefaultInfinity: true});

/** Logits and labels of up to 6 rows and 12 classes. */
function rowsOf(logit: fc.Arbitrary<number>): fc.Arbitrary<Rows> {
  return fc.tuple(fc.nat(6), fc.integer({min: 1, max: 12})).chain(([batch, numClasses]) =>
    fc.record({
      logits: fc.array(logit, {minLength: batch * numClasses, maxLength: batch * numClasses}),
      labels: fc.array(fc.nat(numClasses - 1), {minLength: batch, maxLength: batch}),
      numClasses: fc.constant(numClasses),
    }),
  );
}

function run({logits, labels, numClasses}: Rows): {loss: Float32Array; grad: Float32Array} {
  return tf.tidy(() => {
    const x = tf.tensor2d(Float32Array.from(logits), [labels.length, numClasses]);
    const $labels = tf.tensor1d(Int32Array.from(labels), 'int32');
    const {value, grad} = tf.valueAndGrad((x: tf.Tensor) => nn($labels, x))(x);
    return {
      loss: value.dataSync<'float32'>().slice(),
      grad: grad.dataSync<'float32'>().slice(),
    };
  });
}

function holds(rows: fc.Arbitrary<Rows>, property: (rows: Rows) => void): void {
  fc.assert(fc.property(rows, property), {seed: 2026, numRuns: 300});
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
  const moderate = rowsOf(float32(30));

  it('the loss and the gradient are those of the float64 oracle', () => {
    holds(rowsOf(float32(Math.fround(1e30))), (rows) => {
      const {loss, grad} = run(rows);
      const want = oracle(rows);
      const promise = PROMISES[tf.getBackend()];
      assertClose(loss, want.loss, promise.loss);
      assertClose(grad, want.backprop, promise.gradient);
    });
  });

  it('NaN and infinities fall where they fall in float64', () => {
    const wild = fc.oneof(float32(30), fc.constantFrom(NaN, Infinity, -Infinity, 3e38, -3e38));
    holds(rowsOf(wild), (rows) => {
      const {loss, grad} = run(rows);
      const want = oracle(rows);
      const kind = (x: number) => (Number.isFinite(Math.fround(x)) ? 0 : Math.fround(x));
      assertClose(Array.from(loss, kind), want.loss.map(kind), {});
      assertClose(Array.from(grad, kind), want.backprop.map(kind), {});
    });
  });

  it('it equals the dense loss of the one-hot labels', () => {
    const atLeastTwoClasses = moderate.filter((rows) => rows.numClasses > 1 && rows.labels.length > 0); // prettier-ignore
    holds(atLeastTwoClasses, ({logits, labels, numClasses}) => {
      const dense = tf.tidy(() => {
        const x = tf.tensor2d(Float32Array.from(logits), [labels.length, numClasses]);
        const oneHot = tf.oneHot(tf.tensor1d(Int32Array.from(labels), 'int32'), numClasses);
        return tf.losses
          .softmaxCrossEntropy(oneHot, x, undefined, 0, tf.Reduction.NONE)
          .dataSync()
          .slice();
      });
      assertClose(run({logits, labels, numClasses}).loss, dense, {absolute: 1e-5});
    });
  });

  it('the same number added to every logit of a row changes no bit, where it adds exactly', () => {
    const eighths = rowsOf(fc.integer({min: -160, max: 160}).map((n) => n / 8));
    holds(
      fc
        .tuple(eighths, fc.integer({min: -1000, max: 1000}))
        .map(([rows, shift]) => ({...rows, shift})),
      (rows) => {
        // prettier-ignore
        const shift = (rows as Rows & {shift: number}).shift;
        const moved = {...rows, logits: Array.from(rows.logits, (x) => x + shift)};
        assertClose(run(moved).loss, run(rows).loss, {});
        assertClose(run(moved).grad, run(rows).grad, {});
      },
    );
  });

  it('permuting the classes permutes the gradient and leaves the loss', () => {
    holds(moderate, ({logits, labels, numClasses}) => {
      const reversed = (values: ArrayLike<number>) =>
        Array.from(values, (_, i) => values[i - (i % numClasses) + numClasses - 1 - (i % numClasses)]); // prettier-ignore
      const there = run({logits, labels, numClasses});
      const back = run({
        logits: reversed(logits),
        labels: Array.from(labels, (label) => numClasses - 1 - label),
        numClasses,
      });
      // Another order of summation, so another rounding.
      const promise = PROMISES[tf.getBackend()];
      assertClose(back.loss, there.loss, promise.loss);
      assertClose(reversed(back.grad), there.grad, promise.gradient);
    });
  });

  it('a loss is never negative, and a gradient row sums to 0', () => {
    holds(moderate, (rows) => {
      const {loss, grad} = run(rows);
      loss.forEach((value) => {
        if (!(value >= 0)) throw new Error(`a loss of ${value}`);
      });
      for (let begin = 0; begin < grad.length; begin += rows.numClasses) {
        const sum = grad.slice(begin, begin + rows.numClasses).reduce((a, b) => a + b, 0);
        assertClose([sum], [0], {absolute: rows.numClasses * 2 ** -23});
      }
    });
  });
});
