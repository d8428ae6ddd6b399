/** Sums of many equal terms hold on every backend. */
import * as tf from '@tensorflow/tfjs';

import {losses, sparseSoftmaxCrossEntropyWithLogits} from '../../src/index';
import {broadcast, sumTo} from '../../src/gradients/sums';
import {describeEachBackend} from '../helpers/backends';
import {inTurn} from '../helpers/in_turn';

const SUM = {relative: 3e-6};
const PRODUCT = {relative: 1e-5};
const MANY = [8192, 100_003, 1_000_000, 3_000_000];

const {Reduction, computeWeightedLoss} = losses;
const TERM = 0.3;

describeEachBackend('sums of equal terms', (backendName) => {
  for (const n of MANY) {
    it(`of ${n} hold: the mean, and the gradient of a scalar weight`, async () => {
      const x = tf.fill([n], TERM);
      await expectAsync(computeWeightedLoss(x)).toBeAllClose([TERM], SUM);
      const sum = (w: tf.Tensor) => computeWeightedLoss(x, w, {reduction: Reduction.SUM});
      await expectAsync(tf.grad(sum)(tf.scalar(2))).toBeAllClose([TERM * n], SUM);
    });
  }

  it('hold for the loss of many rows', async () => {
    const n = 100_003;
    const labels = tf.zeros([n], 'int32') as tf.Tensor1D;
    const logits = tf.zeros([n, 2]);
    const loss = losses.sparseSoftmaxCrossEntropy(labels, logits);
    await expectAsync(loss).toBeAllClose([Math.LN2], SUM);
    const padded = losses.sparseSoftmaxCrossEntropy(labels, logits, 1, {ignoreClass: 1});
    await expectAsync(padded).toBeAllClose([Math.LN2], SUM);
  });

  it('hold for every reduction and form of weights', async () => {
    const [rows, columns] = [1009, 99];
    const x = tf.fill([rows, columns], TERM);
    for (const shape of [[], [rows, 1], [1, columns], [rows, columns]]) {
      const weights = tf.fill(shape, 2);
      const n = rows * columns;
      const wanted = new Map<losses.ReductionKey, number>([
        [Reduction.SUM, 2 * TERM * n],
        [Reduction.MEAN, TERM],
        [Reduction.SUM_OVER_BATCH_SIZE, 2 * TERM],
        [Reduction.SUM_BY_NONZERO_WEIGHTS, 2 * TERM],
      ]);
      for (const [reduction, want] of wanted) {
        const loss = (x: tf.Tensor, w: tf.Tensor) => computeWeightedLoss(x, w, {reduction});
        const {value, grads} = tf.valueAndGrads(loss)([x, weights]);
        await expectAsync(value).toBeAllClose([want], SUM);
        // A sum over weights of the gradient times the weight is the loss, except for MEAN, where
        // it is 0.
        const dweight = reduction === Reduction.MEAN ? 0 : want / 2 / weights.size;
        const each = new Float32Array(weights.size).fill(dweight);
        const tolerance = dweight === 0 ? {absolute: 1e-6} : SUM;
        await expectAsync(grads[1]).toBeAllClose(each, tolerance);
      }
    }
  });

  it('count beyond 2 to the 24', async () => {
    const [rows, columns] = [4100, 4100]; // 16,810,000, which float32 has.
    await expectAsync(sumTo(tf.ones([rows, columns]), [])).toBeAllClose([rows * columns], {});
  });

  it('hold for a linear layer of many rows: loss, kernel and bias', async () => {
    const n = 100_003;
    const labels = tf.zeros([n], 'int32') as tf.Tensor1D;
    const x = tf.fill([n, 3], TERM);
    for (const transposeKernel of [false, true]) {
      const loss = (kernel: tf.Tensor, bias: tf.Tensor) =>
        losses.linearSparseSoftmaxCrossEntropy(labels, x, kernel, 1, {bias, transposeKernel});
      const kernel = tf.zeros(transposeKernel ? [2, 3] : [3, 2]);
      const {value, grads} = tf.valueAndGrads(loss)([kernel, tf.zeros([2])]);
      await expectAsync(value).toBeAllClose([Math.LN2], SUM);
      const dkernel = transposeKernel ? [-1, -1, -1, 1, 1, 1] : [-1, 1, -1, 1, -1, 1];
      const half = Math.fround(TERM) / 2;
      await expectAsync(grads[0]).toBeAllClose(
        dkernel.map((sign) => sign * half),
        PRODUCT,
      );
      await expectAsync(grads[1]).toBeAllClose([-0.5, 0.5], PRODUCT);
    }
  });

  it('hold for the second order of a linear layer of many rows', async () => {
    const n = 100_003;
    const labels = tf.zeros([n], 'int32') as tf.Tensor1D;
    const term = Math.fround(1 / 3); // On wasm, tf.matMul is wrong by 1.5e-5 for it.
    const x = tf.fill([n, 3], term);
    for (const transposeKernel of inTurn(backendName, [false, true], 0)) {
      const loss = (kernel: tf.Tensor) =>
        losses.linearSparseSoftmaxCrossEntropy(labels, x, kernel, 1, {transposeKernel});
      // p is 1/2, and v moves the logit of class 0 by 3 terms: H v = x (diag(p) - p p^T) 3 term.
      const v = transposeKernel ? [1, 1, 1, 0, 0, 0] : [1, 0, 1, 0, 1, 0];
      const kernel = tf.zeros(transposeKernel ? [2, 3] : [3, 2]);
      const along = (kernel: tf.Tensor) =>
        tf.sum(tf.mul(tf.grad(loss)(kernel), tf.tensor(v, kernel.shape)));
      const product = (3 * term ** 2) / 4;
      const want = v.map((of0) => (of0 ? product : -product));
      await expectAsync(along(kernel)).toBeAllClose([-1.5 * term], PRODUCT);
      await expectAsync(tf.grad(along)(kernel)).toBeAllClose(want, PRODUCT);
    }
  });

  for (const numClasses of [1000, 200_019]) {
    it(`hold for the second order over ${numClasses} classes`, async () => {
      // Equal logits, label 0 and v = 1 at every class but the last: p . v = (K - 1) / K.
      const logits = tf.zeros([1, numClasses]);
      const labels = tf.tensor1d([0], 'int32');
      const v = tf.concat([tf.ones([1, numClasses - 1]), tf.zeros([1, 1])], 1);
      const gradient = tf.grad((x: tf.Tensor) => sparseSoftmaxCrossEntropyWithLogits(labels, x));
      const along = (x: tf.Tensor) => tf.sum(tf.mul(gradient(x), v));
      const product = await tf.grad(along)(logits).data();
      const [p, pv] = [1 / numClasses, (numClasses - 1) / numClasses];
      // p (v - p . v): the last class shows p . v as it is.
      await expectAsync([product[numClasses - 1]]).toBeAllClose([-p * pv], SUM);
      // d dy = sum(v * (p - t)) = p . v - v[0], here with v = 1 at the last class alone: p.
      const last = tf.sub(1, v);
      const ofDy = tf.grad((dy: tf.Tensor) => {
        const loss = (x: tf.Tensor) => sparseSoftmaxCrossEntropyWithLogits(labels, x);
        return tf.sum(tf.mul(tf.grad(loss)(logits, dy), last));
      });
      await expectAsync(ofDy(tf.ones([1]))).toBeAllClose([p], {relative: 1e-5});
      const half = tf.mul(0.5, tf.onesLike(v));
      await expectAsync(sumTo(half, [1, 1])).toBeAllClose([numClasses / 2], SUM);
    });
  }

  it('are of every axis, and broadcasts are their gradients', async () => {
    const x = tf.reshape(tf.range(0, 720), [2, 3, 4, 5, 6]);
    for (const to of [[1, 3, 1, 5, 1], [2, 1, 4, 1, 6], [5, 6], [1, 1, 6], []]) {
      const axes = x.shape.flatMap((size, i) => (to[i - 5 + to.length] === size ? [] : [i]));
      const sums = tf.reshape(tf.sum(x, axes), to);
      await expectAsync(sumTo(x, to)).toBeAllClose(sums, {relative: 1e-6});
      const y = tf.reshape(tf.range(1, 1 + tf.util.sizeFromShape(to)), to);
      const repeated = tf.mul(tf.onesLike(x), y);
      const dx = tf.grad((x: tf.Tensor) => sumTo(x, to))(x, y);
      await expectAsync(dx).toBeAllClose(repeated, {});
      await expectAsync(broadcast(y, x.shape)).toBeAllClose(repeated, {});
    }
  });

  it('of columns hold', async () => {
    for (const n of [257, 4097, 100_003]) {
      const sums = sumTo(tf.fill([n, 3], TERM), [3]);
      await expectAsync(sums).toBeAllClose([n * TERM, n * TERM, n * TERM], SUM);
    }
  });

  for (const shape of [
    [3, 7],
    [70, 1001],
    [200, 6401],
    [5, 70, 9],
  ]) {
    it(`of [${shape}] keep NaN and Infinity in their own columns`, async () => {
      const size = tf.util.sizeFromShape(shape);
      const to = shape.map((size, i) => (i === shape.length - 2 ? 1 : size));
      for (const special of [NaN, Infinity, -Infinity]) {
        for (const at of [0, size - 1]) {
          const values = new Float32Array(size);
          values[at] = special;
          const sums = await sumTo(tf.tensor(values, shape), to).data();
          const want = new Float32Array(sums.length);
          want[at === 0 ? 0 : sums.length - 1] = special;
          expect(sums).toEqual(want);
        }
      }
    });
  }

  it('of empty tensors are 0', async () => {
    expect(await sumTo(tf.zeros([0, 3]), [3]).data()).toEqual(new Float32Array(3));
    expect(broadcast(tf.zeros([1]), [0]).shape).toEqual([0]);
  });

  for (const rank of [4, 5, 6]) {
    it(`ignore labels of rank ${rank} under weights that broadcast`, async () => {
      const shape = [2, 3, 1, 2, 1, 2].slice(0, rank);
      const size = tf.util.sizeFromShape(shape);
      const ids = Int32Array.from({length: size}, (_, i) => (i % 3) - 1);
      const labels = tf.tensor(ids, shape, 'int32');
      const logits = tf.zeros([...shape, 2]);
      const weights = tf.ones([1, 3, ...shape.slice(2).map(() => 1)]);
      const loss = (w: tf.Tensor) =>
        losses.sparseSoftmaxCrossEntropy(labels, logits, w, {
          ignoreClass: -1,
          reduction: Reduction.SUM,
        });
      const want = [0, 0, 0];
      const inner = size / 6;
      ids.forEach((id, i) => (want[Math.floor(i / inner) % 3] += id === -1 ? 0 : Math.LN2));
      await expectAsync(tf.grad(loss)(weights)).toBeAllClose(want, {relative: 1e-6});
    });
  }
});
