/** Weights of classes: PyTorch's `weight`, as an option of the losses. */
import * as tf from '@tensorflow/tfjs';

import {losses, ValueError} from '../../src/index';
import {describeBackend, describeEachBackend, usage} from '../helpers/backends';

const {Reduction} = losses;
const LABELS = [2, 0, -1, 2, 1];
const CLASS_WEIGHTS = [0.5, 2, 3];
const LOGITS = [[1, 2, 4], [3, 1, 2], [0, 0, 9], [1, 1, 0], [0, 3, 1]]; // prettier-ignore
const WEIGHTS = [1, 2, 7, 0.5, 1];

/** The loss of each row in float64, and the product of its two weights. */
const rows = LABELS.map((label, i) => {
  if (label < 0) return {loss: 0, weight: 0};
  const sumExp = LOGITS[i].reduce((sum, x) => sum + Math.exp(x), 0);
  return {loss: Math.log(sumExp) - LOGITS[i][label], weight: WEIGHTS[i] * CLASS_WEIGHTS[label]};
});
const total = rows.reduce((sum, {loss, weight}) => sum + loss * weight, 0);
const totalWeight = rows.reduce((sum, {weight}) => sum + weight, 0);

describeEachBackend('class weights', () => {
  const options = {ignoreClass: -1, weights: WEIGHTS, classWeights: CLASS_WEIGHTS};
  const logits = () => tf.tensor2d(LOGITS);

  it('multiply the weights of labels, in every reduction and in the linear loss', async () => {
    const wanted = new Map<losses.ReductionKey, number>([
      [Reduction.SUM, total],
      [Reduction.MEAN, total / totalWeight],
      [Reduction.SUM_OVER_BATCH_SIZE, total / 5],
      [Reduction.SUM_BY_NONZERO_WEIGHTS, total / 4],
    ]);
    for (const [reduction, want] of wanted) {
      const all = {...options, reduction};
      const close = {relative: 2e-6};
      const loss = losses.sparseSoftmaxCrossEntropy(LABELS, logits(), all);
      await expectAsync(loss).toBeAllClose([want], close);
      const linear = losses.linearSparseSoftmaxCrossEntropy(LABELS, logits(), tf.eye(3), all);
      await expectAsync(linear).toBeAllClose([want], close);
    }
    const each = losses.sparseSoftmaxCrossEntropy(LABELS, logits(), {
      ...options,
      reduction: 'none',
    });
    const want = rows.map(({loss, weight}) => loss * weight);
    await expectAsync(each).toBeAllClose(want, {relative: 2e-6});
  });

  it('have a gradient, to any order', async () => {
    const classWeights = tf.tensor1d(CLASS_WEIGHTS);
    const loss = (c: tf.Tensor) =>
      losses.sparseSoftmaxCrossEntropy(LABELS, logits(), {
        ...options,
        classWeights: c,
        reduction: Reduction.SUM,
      });
    const want = [0, 0, 0];
    rows.forEach(({loss}, i) => LABELS[i] >= 0 && (want[LABELS[i]] += loss * WEIGHTS[i]));
    await expectAsync(tf.grad(loss)(classWeights)).toBeAllClose(want, {relative: 2e-6});
    const linear = (c: tf.Tensor) =>
      losses.linearSparseSoftmaxCrossEntropy(LABELS, logits(), tf.eye(3), {
        ...options,
        classWeights: c,
        reduction: Reduction.SUM,
      });
    await expectAsync(tf.grad(linear)(classWeights)).toBeAllClose(want, {relative: 2e-6});
    // With l linear in c, d l = g free of c: the gradient of sum(d (l^2)) is 2 g sum(g).
    const square = tf.grad((c: tf.Tensor) => tf.square(loss(c)));
    const second = tf.grad((c: tf.Tensor) => tf.sum(square(c)))(classWeights);
    const sum = want.reduce((total, each) => total + each, 0);
    const twice = want.map((each) => 2 * each * sum);
    await expectAsync(second).toBeAllClose(twice, {relative: 4e-6});
  });

  it('have a gradient for one class too', async () => {
    const loss = (c: tf.Tensor) =>
      losses.sparseSoftmaxCrossEntropy([0, 0], tf.tensor2d([[3], [4]]), {classWeights: c});
    await expectAsync(tf.grad(loss)(tf.tensor1d([2]))).toBeAllClose([0], {});
  });

  it('have a gradient of NaN in the class of a NaN loss alone', async () => {
    const x = tf.tensor2d([[NaN, 0, 0], [0, 0, 0], [0, 0, 0]]); // prettier-ignore
    const loss = (c: tf.Tensor) =>
      losses.sparseSoftmaxCrossEntropy([1, 2, 2], x, {classWeights: c, reduction: Reduction.SUM});
    const want = [0, NaN, 2 * Math.log(3)];
    await expectAsync(tf.grad(loss)(tf.tensor1d([1, 1, 1]))).toBeAllClose(want, {relative: 1e-6});
  });

  it('are of labels of any rank, with a weight that broadcasts', async () => {
    const labels = tf.tensor3d([2, 0, 2, 1], [2, 2, 1], 'int32');
    const x = tf.reshape(tf.range(0, 12), [2, 2, 1, 3]);
    const weights = tf.tensor3d([2, 3], [2, 1, 1]);
    const classWeights = tf.tensor1d(CLASS_WEIGHTS);
    const loss = losses.sparseSoftmaxCrossEntropy(labels, x, {
      weights,
      classWeights,
      reduction: Reduction.NONE,
    });
    const plain = losses.sparseSoftmaxCrossEntropy(labels, x, {reduction: Reduction.NONE});
    const each = tf.tensor3d([2 * 3, 2 * 0.5, 3 * 3, 3 * 2], [2, 2, 1]);
    await expectAsync(loss).toBeAllClose(tf.mul(plain, each), {relative: 1e-6});
  });
});

describeBackend('cpu', 'class weights, whatever the backend,', () => {
  it('of a wrong shape are refused before anything runs', () => {
    const x = tf.tensor2d(LOGITS);
    for (const classWeights of [[1, 2], [[1, 2, 3]], 2, tf.zeros([3, 1]), ['a', 'b', 'c']]) {
      const before = usage();
      expect(() =>
        losses.sparseSoftmaxCrossEntropy([0, 1, 2, 0, 1], x, {
          classWeights: classWeights as number[],
        }),
      ).toThrowError(ValueError, /^Give each class a weight: .* \[classes\] = \[3\], got/);
      expect(usage()).toEqual(before);
    }
  });

  it('passed as weights are pointed to their option', () => {
    const x = tf.zeros([5, 3]);
    expect(() => losses.sparseSoftmaxCrossEntropy([0, 1, 2, 0, 1], x, CLASS_WEIGHTS)).toThrowError(
      ValueError,
      /^Pass a weight for each class as \{classWeights: weights\}\. weights can not be broadcast/,
    );
    const labels = tf.zeros([2, 4], 'int32');
    expect(() =>
      losses.sparseSoftmaxCrossEntropy(labels, tf.zeros([2, 4, 3]), CLASS_WEIGHTS),
    ).toThrowError(ValueError, /^Pass a weight for each class/);
  });
});
