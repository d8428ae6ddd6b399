import * as tf from '@tensorflow/tfjs';

import {rawOps, sparseSoftmaxCrossEntropyWithLogits as nn} from '../../src/index';
import {describeEachVariant, MANY_STEPS} from '../helpers/backends';
import {hessianProduct, oracle} from '../helpers/oracle';
import {classIds, normals} from '../helpers/random';

const BATCH = 5;
const CLASSES = 7;
const SHAPE: [number, number] = [BATCH, CLASSES];
const logits = normals(BATCH * CLASSES, 2, 0, 1);
const labels = classIds(BATCH, CLASSES, 2);
const rows = {logits, labels, numClasses: CLASSES};
const dy = normals(BATCH, 1, 0, 3);
const u = normals(BATCH * CLASSES, 1, 0, 4);
const v = normals(BATCH * CLASSES, 1, 0, 5);

const $labels = () => tf.tensor1d(labels, 'int32');
const loss = (x: tf.Tensor) => nn($labels(), x);
const scaledBy = (rowValues: ArrayLike<number>, values: number[]) =>
  values.map((value, i) => rowValues[Math.floor(i / CLASSES)] * value);

/** d(u . f)/dx in float64 by central differences, for an f from logits to numbers. */
function differences(f: (logits: Float64Array) => number[], u: ArrayLike<number>): number[] {
  const step = 1e-4;
  return Array.from(logits, (_, i) => {
    const at = (shift: number) => {
      const moved = Float64Array.from(logits);
      moved[i] += shift;
      return f(moved).reduce((sum, value, j) => sum + value * u[j], 0);
    };
    return (at(step) - at(-step)) / (2 * step);
  });
}

const x = () => tf.tensor2d(logits, SHAPE);

describeEachVariant('the gradient', (_, variant) => {
  it('multiplies the upstream gradient in', async () => {
    const want = scaledBy(dy, oracle(rows).backprop);
    await expectAsync(tf.grad(loss)(x(), tf.tensor1d(dy))).toBeTheGradient(want);
  });

  it('is infinite where the upstream gradient is', async () => {
    const infinite = [Infinity, -Infinity, 1, 0, Infinity];
    const want = scaledBy(infinite, oracle(rows).backprop);
    await expectAsync(tf.grad(loss)(x(), tf.tensor1d(infinite))).toBeTheGradient(want);
  });

  it('of second order agrees with finite differences of the first, times any dy', async () => {
    const first = (moved: Float64Array) => scaledBy(dy, oracle({...rows, logits: moved}).backprop);
    const got = tf.grad((x: tf.Tensor) => tf.grad(loss)(x, tf.tensor1d(dy)))(
      x(),
      tf.tensor2d(u, SHAPE),
    );
    await expectAsync(got).toBeAllClose(differences(first, u), {absolute: 2e-6});
  });

  it('of third order agrees with finite differences of the second', async () => {
    const second = (moved: Float64Array) => hessianProduct({...rows, logits: moved}, u);
    const want = differences(second, v);
    const hessianTimesU = (x: tf.Tensor) =>
      tf.grad((x: tf.Tensor) => tf.grad(loss)(x))(x, tf.tensor2d(u, SHAPE));
    await expectAsync(tf.grad(hessianTimesU)(x(), tf.tensor2d(v, SHAPE))).toBeAllClose(want, {
      absolute: 4e-6,
    });

    const raw = (x: tf.Tensor) =>
      rawOps.sparseSoftmaxCrossEntropyWithLogits({features: x, labels: $labels()})[1];
    const viaBackprop = (x: tf.Tensor) => tf.grad(raw)(x, tf.tensor2d(u, SHAPE));
    await expectAsync(tf.grad(viaBackprop)(x(), tf.tensor2d(v, SHAPE))).toBeAllClose(want, {
      absolute: 4e-6,
    });
  });

  it('goes through logits that the labels were computed from, as pseudo-labels are', async () => {
    const pseudo = (x: tf.Tensor) => tf.argMax(x, -1);
    const chosen = Array.from({length: BATCH}, (_, row) => {
      const begin = row * CLASSES;
      const values = logits.subarray(begin, begin + CLASSES);
      return values.indexOf(Math.max(...values));
    });
    const pseudoRows = {...rows, labels: chosen};
    const want = oracle(pseudoRows).backprop;
    const ofNn = tf.grad((x: tf.Tensor) => nn(pseudo(x), x));
    const ofRaw = tf.grad(
      (x: tf.Tensor) =>
        rawOps.sparseSoftmaxCrossEntropyWithLogits({features: x, labels: pseudo(x)})[0],
    );
    await expectAsync(ofNn(x())).toBeTheGradient(want);
    await expectAsync(ofRaw(x())).toBeTheGradient(want);
    const hessian = tf.grad((x: tf.Tensor) => ofNn(x))(x(), tf.tensor2d(u, SHAPE));
    await expectAsync(hessian).toBeAllClose(hessianProduct(pseudoRows, u), {absolute: 2e-6});
  });

  if (variant !== undefined) return;

  it('agrees with finite differences of the float64 loss', async () => {
    const want = differences((moved) => oracle({...rows, logits: moved}).loss, dy);
    await expectAsync(tf.grad(loss)(x(), tf.tensor1d(dy))).toBeAllClose(want, {absolute: 1e-6});
  });

  it('of fourth and fifth order is that of the logistic function', async () => {
    // With two classes, logits x and 0, and label 0, d loss/dx = s - 1 with s = 1 / (1 + exp(-x)).
    const f = (x: tf.Tensor) => nn(0, tf.mul(x, [1, 0]));
    const derivatives = [f];
    for (let order = 1; order <= 5; order++) {
      const lower = derivatives[order - 1];
      derivatives.push((x: tf.Tensor) => tf.grad(lower)(x));
    }
    const s = 1 / (1 + Math.exp(-0.7));
    const d = s * (1 - s);
    const want = [s - 1, d, d * (1 - 2 * s), d * (1 - 6 * d), d * (1 - 2 * s) * (1 - 12 * d)];
    for (const [i, value] of want.entries()) {
      await expectAsync(derivatives[i + 1](tf.tensor1d([0.7]))).toBeAllClose([value], {
        absolute: 1e-6,
      });
    }
  });

  it('of a product with backprop is there where the other factor is 0', async () => {
    const y = (w: tf.Tensor) => {
      const f = (x: tf.Tensor) => {
        const {sparseSoftmaxCrossEntropyWithLogits: raw} = rawOps;
        return tf.mul(
          w,
          tf.sum(tf.mul(raw({features: x, labels: $labels()})[1], tf.tensor2d(v, SHAPE))),
        );
      };
      return tf.sum(tf.mul(tf.grad(f)(x()), tf.tensor2d(v, SHAPE)));
    };
    const want = hessianProduct(rows, v).reduce((sum, value, i) => sum + value * v[i], 0);
    for (const w of [1, 0]) {
      await expectAsync(tf.grad(y)(tf.scalar(w))).toBeAllClose([want], {relative: 4e-6});
    }
  });

  it('keeps the Hessian term of a gradient penalty, x . d loss/dx', async () => {
    const penalty = (x: tf.Tensor) => tf.sum(tf.mul(x, tf.grad(loss)(x)));
    const hessian = hessianProduct(rows, logits);
    const want = oracle(rows).backprop.map((value, i) => value + hessian[i]);
    await expectAsync(tf.grad(penalty)(x())).toBeAllClose(want, {relative: 1e-6, absolute: 4e-6});
  });

  it('of second order reaches the upstream gradient', async () => {
    const viaScale = (scale: tf.Tensor) =>
      tf.grad((x: tf.Tensor) => tf.mul(loss(x), scale))(x(), tf.ones([BATCH]));
    const {backprop} = oracle(rows);
    const want = Array.from(dy, (_, row) =>
      backprop
        .slice(row * CLASSES, (row + 1) * CLASSES)
        .reduce((s, g, j) => s + g * u[row * CLASSES + j], 0),
    );
    await expectAsync(tf.grad(viaScale)(tf.tensor1d(dy), tf.tensor2d(u, SHAPE))).toBeAllClose(
      want,
      {
        absolute: 2e-6,
      },
    );
  });

  it('of both raw outputs adds up', async () => {
    const both = (x: tf.Tensor) => {
      const [loss, backprop] = rawOps.sparseSoftmaxCrossEntropyWithLogits({
        features: x,
        labels: $labels(),
      });
      return tf.add(tf.sum(loss), tf.sum(tf.mul(backprop, tf.tensor2d(v, SHAPE))));
    };
    const hessian = hessianProduct(rows, v);
    const want = oracle(rows).backprop.map((value, i) => value + hessian[i]);
    await expectAsync(tf.grad(both)(x())).toBeAllClose(want, {absolute: 2e-6});
  });

  it('comes out of tf.grads, tf.valueAndGrad, tf.valueAndGrads and tf.variableGrads', async () => {
    const scale = tf.scalar(3);
    const f = (x: tf.Tensor, scale: tf.Tensor) => tf.sum(tf.mul(loss(x), scale));
    const want = oracle(rows);
    const total = want.loss.reduce((a, b) => a + b);
    const tripled = want.backprop.map((value) => 3 * value);
    const close = {relative: 1e-6, absolute: 1e-6};

    const [dx, dscale] = tf.grads(f)([x(), scale]);
    await expectAsync(dx).toBeAllClose(tripled, close);
    await expectAsync(dscale).toBeAllClose([total], close);

    const {value, grads} = tf.valueAndGrads(f)([x(), scale]);
    await expectAsync(value).toBeAllClose([3 * total], close);
    await expectAsync(grads[0]).toBeAllClose(tripled, close);

    const variable = tf.variable(x(), true, 'logits');
    const named = tf.variableGrads(() => tf.sum(loss(variable)) as tf.Scalar, [variable]);
    await expectAsync(named.grads['logits']).toBeAllClose(want.backprop, close);
    variable.dispose();
  });

  it('trains through optimizer.minimize, with nothing left after many steps', async () => {
    const weights = tf.variable(tf.zeros([CLASSES, 3]));
    const optimizer = tf.train.sgd(5);
    const features = tf.tensor2d(logits, SHAPE);
    const targets = tf.tensor1d([0, 1, 2, 0, 1], 'int32');
    const step = async () => {
      const cost = () => tf.mean(nn(targets, tf.matMul(features, weights))) as tf.Scalar;
      const before = tf.tidy(() => optimizer.minimize(cost, true)!);
      const [value] = await before.data();
      before.dispose();
      return value;
    };
    const first = await step();
    const {numTensors, numBytes} = tf.memory();
    let last = first;
    for (let i = 0; i < MANY_STEPS; i++) last = await step();
    expect(tf.memory()).toEqual(jasmine.objectContaining({numTensors, numBytes}));
    expect(first).toBeCloseTo(Math.log(3), 6);
    expect(last).toBeLessThan(0.01);
    weights.dispose();
    optimizer.dispose();
  });
});
