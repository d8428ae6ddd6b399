/**
 * TensorFlow's tests of the losses, row by row, from losses_test.py: C the sparse loss, D the dense
 * one, E compute_weighted_loss, F other losses restated for it. Rows L are derived from the source.
 * Rows of int64 labels and of placeholders have no counterpart in tf.js.
 */
import * as tf from '@tensorflow/tfjs';

import {losses, ValueError} from '../../src/index';
import {describeEachBackend} from '../helpers/backends';
import {expectBadLabel} from '../helpers/bad_labels';
import {inTurn} from '../helpers/in_turn';

const {Reduction} = losses;
type Weights = losses.Weights | undefined;

const LOGITS = [[10, 0, 0], [0, 10, 0], [0, 0, 10]]; // prettier-ignore
const RIGHT = [[0], [1], [2]];
const WRONG = [[2], [0], [1]];
const BIG = [[100, -100, -100], [-100, 100, -100], [-100, -100, 100]]; // prettier-ignore

const ids = (labels: number[][]) => tf.tensor2d(labels, undefined, 'int32');
const close = {absolute: 5e-4}; // assertAlmostEqual(..., 3)

describeEachBackend("TensorFlow's own test of the sparse loss", () => {
  const expectLoss = (labels: tf.TensorLike | tf.Tensor, weights: Weights, want: number) =>
    expectAsync(losses.sparseSoftmaxCrossEntropy(labels, LOGITS, weights)).toBeAllClose(
      [want],
      close,
    );

  it('C1, D1 testNoneWeightRaisesValueError', () => {
    const call = () => losses.sparseSoftmaxCrossEntropy(RIGHT, LOGITS, null as unknown as number);
    expect(call).toThrowError(ValueError, /`weights` must not be null/);
  });

  it('C2, C5, D2 testAllCorrect', async () => {
    await expectLoss(ids(RIGHT), undefined, 0);
    await expectLoss([0, 1, 2], undefined, 0);
  });

  it('C6, C8, D3 testAllWrong', async () => {
    await expectLoss(ids(WRONG), undefined, 10);
    await expectLoss([2, 0, 1], undefined, 10);
  });

  it('C9-C11, D4 one weight: a number, a scalar, a vector of one', async () => {
    for (const weights of [2.3, tf.scalar(2.3), tf.tensor1d([2.3])]) {
      await expectLoss(WRONG, weights, 23);
    }
  });

  it('C12, C15, C16, D5 a weight per example', async () => {
    await expectLoss(WRONG, [1.2, 3.4, 5.6], 34);
    await expectLoss(WRONG, [[1.2], [3.4], [5.6]], 34);
  });

  it('C17, C18, D6, D7 weights of 0', async () => {
    await expectLoss(WRONG, tf.tensor2d([0, 0, 0], [3, 1], 'int32'), 0);
    await expectLoss(WRONG, tf.tensor2d([1.2, 0, 0], [3, 1]), 12);
    await expectLoss([2, 0, 1], [0, 0, 0], 0);
  });

  it('C19-C23, D8 shapes that do not fit', () => {
    const fails = (
      labels: tf.TensorLike,
      logits: tf.TensorLike,
      weights: Weights,
      message: RegExp,
    ) =>
      expect(() => losses.sparseSoftmaxCrossEntropy(labels, logits, weights)).toThrowError(message);
    fails(RIGHT, BIG, [[3, 4, 5], [2, 6, 0], [8, 0, 1]], /Can not squeeze dim\[1\].* got 3/); // prettier-ignore
    fails(RIGHT, BIG, [1.2, 3.4, 5.6, 7.8], /weights can not be broadcast to values.*\[3\].*\[4\]/);
    fails([[0], [1], [2], [3]], BIG, [1.2, 3.4, 5.6], /`labels\.shape` must equal/);
    const four = [[100, 0, 0, 0], [0, 100, 0, 0], [0, 0, 100, 0], [0, 0, 0, 100]]; // prettier-ignore
    fails([[0], [1], [2], [3]], four, [[1.2, 3.4], [5.6, 7.8]], /Can not squeeze/); // prettier-ignore
    fails([[0, 1], [2, 3]], four, 1.2, /`labels\.shape\.rank` must equal `logits\.shape\.rank - 1`/); // prettier-ignore
  });

  it('L21 labels [N, 1] and logits [N, 1]: the labels are squeezed, one class is left', async () => {
    await expectAsync(losses.sparseSoftmaxCrossEntropy([[0], [0]], [[1], [2]])).toBeWithinUlps(
      [0],
      0,
    );
    await expectBadLabel(
      (labels) => losses.sparseSoftmaxCrossEntropy(labels, [[1], [2]]),
      tf.tensor2d([[0], [1]], [2, 1], 'int32'),
      /value of 1/,
    );
  });

  it('L24 a bad label is reported before a bad reduction, and that before bad weights', () => {
    const reduction = 'sum' as losses.ReductionKey;
    const call = (label: number, weights: Weights) => () =>
      losses.sparseSoftmaxCrossEntropy([0, 1, label], LOGITS, weights, {reduction});
    expect(call(7, [1, 2])).toThrowError(/label value of 7/);
    expect(call(2, [1, 2])).toThrowError(
      ValueError,
      "Pass losses.Reduction.SUM. Invalid Reduction Key sum. Key should be one of ('none', 'weighted_sum', 'weighted_mean', " +
        "'weighted_sum_over_batch_size', 'weighted_sum_by_nonzero_weights').",
    );
  });
});

const RAW = Array.from({length: 24}, (_, i) => i);
const SHAPE: [number, number, number] = [3, 2, 4];
const reduce = (weights: Weights, reduction: losses.ReductionKey) =>
  losses.computeWeightedLoss(tf.tensor3d(RAW, SHAPE), weights, {reduction});

describeEachBackend("TensorFlow's own test of the weighted loss", (backendName) => {
  it('E1 testUnweighted, for every reduction and every shape of ones', async () => {
    const shapes = [[1, 1, 1], [1, 1, 4], [1, 2, 1], [1, 2, 4], [3, 1, 1], [3, 1, 4], [3, 2, 1], [3, 2, 4]]; // prettier-ignore
    for (const [i, reduction] of Reduction.all().entries()) {
      const want = reduction === Reduction.NONE ? RAW : [reduction === Reduction.SUM ? 276 : 11.5];
      const graph = new losses.Graph();
      const reduced = graph.asDefault(() => {
        expect(losses.getLosses()).toEqual([]);
        const ones = inTurn(backendName, shapes, i).map((shape) => tf.ones(shape));
        return [undefined, ...ones].map((weights) => reduce(weights, reduction));
      });
      expect(graph.getCollection('losses')).toEqual(reduced);
      for (const loss of reduced) await expectAsync(loss).toBeAllClose(want, close);
    }
  });

  it('E3 testScalarWeight', async () => {
    await expectAsync(reduce(17, Reduction.SUM_BY_NONZERO_WEIGHTS)).toBeAllClose([195.5], close);
  });

  it('E4-E10, I9-I15 weights that do not broadcast collect nothing', () => {
    const wrong = [[2, 2, 2, 2], [3, 2, 4, 1], [1, 3, 2, 4], [1, 1, 1, 1], [3], [3, 1], [3, 2], [2, 4], [2], [1], [1, 1], [3, 2, 2], [2, 1, 1]]; // prettier-ignore
    const graph = new losses.Graph();
    graph.asDefault(() => {
      for (const shape of wrong) {
        expect(() => reduce(tf.zeros(shape), Reduction.SUM))
          .withContext(`[${shape}]`)
          .toThrowError(ValueError, /^weights can not be broadcast to values\./);
      }
      const stretched = () =>
        losses.computeWeightedLoss(tf.ones([3, 2, 4, 1]), tf.ones([3, 2, 4, 2]));
      expect(stretched).toThrowError(ValueError, /Mismatch at dim 3/);
      expect(losses.getLosses()).toEqual([]);
    });
  });

  it('E11-E18 weights of every shape', async () => {
    // prettier-ignore
    const rows: [number[][][], number, number, number, number][] = [
      // weights, sum, MEAN, SUM_BY_NONZERO_WEIGHTS, SUM_OVER_BATCH_SIZE
      [[[[17]]], 4692, 11.5, 195.5, 195.5],
      [[[[17], [3]]], 2424, 10.1, 101, 101],
      [[[[17, 0, 2, 5]]], 1554, 10.79166667, 86.33333333, 64.75],
      [[[[17]], [[5]], [[2]]], 1248, 6.5, 52, 52],
      [
        [
          [[17], [3]],
          [[5], [31]],
          [[2], [7]],
        ],
        2774,
        10.66923077,
        115.5833333,
        115.5833333,
      ],
      [[[[17, 0, 2, 5]], [[5, 31, 17, 5]], [[7, 3, 11, 5]]], 2470, 11.43518519, 112.2727273, 102.9166667],
      [[[[17, 0, 2, 5], [3, 13, 11, 2]]], 1800, 11.32075472, 85.71428571, 75],
      [[[[17, 0, 2, 5], [3, 13, 11, 2]], [[5, 31, 17, 5], [13, 3, 0, 11]], [[0, 3, 11, 5], [13, 11, 1, 7]]], 2098, 11.1005291, 99.9047619, 87.41666667],
    ];
    for (const [i, [weights, sum, mean, nonzero, batch]] of rows.entries()) {
      const $weights = tf.tensor3d(weights);
      const want = {
        [Reduction.SUM]: [sum],
        [Reduction.MEAN]: [mean],
        [Reduction.SUM_BY_NONZERO_WEIGHTS]: [nonzero],
        [Reduction.SUM_OVER_BATCH_SIZE]: [batch],
        [Reduction.NONE]: tf.mul(tf.tensor3d(RAW, SHAPE), $weights),
      };
      for (const reduction of inTurn(backendName, Reduction.all(), i)) {
        await expectAsync(reduce($weights, reduction)).toBeAllClose(want[reduction], {
          relative: 4e-7,
        });
      }
    }
  });

  it('F2-F8 absolute and squared differences', async () => {
    const absolute = [[3, 1, 10], [13, 3, 3]]; // prettier-ignore
    const squared = [[9, 1, 100], [169, 9, 9]]; // prettier-ignore
    const rows: [number[][], Weights, number][] = [
      [absolute, undefined, 5.5],
      [squared, undefined, 49.5],
      [absolute, 2.3, 12.65],
      [squared, 2.3, 113.85],
      [absolute, [[1.2], [0]], 5.6],
      [squared, [[1.2], [3.4]], 767.8 / 6],
      [absolute, [[3, 6, 5], [0, 4, 2]], 16.6], // prettier-ignore
      [squared, [[3, 6, 5], [0, 4, 2]], 117.4], // prettier-ignore
      [absolute, [[0, 0, 0], [0, 0, 2]], 6], // prettier-ignore
      [squared, [[0, 0, 0], [0, 0, 2]], 18], // prettier-ignore
      [absolute, tf.zeros([2, 3]), 0],
    ];
    for (const [values, weights, want] of rows) {
      await expectAsync(losses.computeWeightedLoss(values, weights)).toBeAllClose([want], close);
    }
  });

  it('L13, L14 a weight of 0 does not mask NaN, but a denominator of 0 gives 0', async () => {
    const run = (weights: number[]) =>
      Promise.all(
        Reduction.all().map(async (reduction) =>
          Array.from(await losses.computeWeightedLoss([NaN, 1, 2], weights, {reduction}).data()),
        ),
      );
    expect(await run([0, 0, 0])).toEqual([[NaN, 0, 0], [NaN], [0], [NaN], [0], [0]]);
    expect(await run([0, 1, 1])).toEqual([[NaN, 1, 2], [NaN], [NaN], [NaN], [NaN], [NaN]]);
    const number = async (reduction: losses.ReductionKey) =>
      (await losses.computeWeightedLoss([NaN, 1], 0, {reduction}).data())[0];
    expect(await number(Reduction.SUM_BY_NONZERO_WEIGHTS)).toBe(0);
    expect(await number(Reduction.MEAN)).toBe(0);
    expect(await number(Reduction.SUM_OVER_BATCH_SIZE)).toBeNaN();
  });

  it('L15 no losses: 0, or nothing', async () => {
    for (const weights of [1, 0, NaN, tf.zeros([0])]) {
      for (const reduction of Reduction.all()) {
        const want = reduction === Reduction.NONE ? [] : [0];
        const loss = losses.computeWeightedLoss(tf.zeros([0]), weights, {reduction});
        await expectAsync(loss).toBeAllClose(want, {});
      }
    }
  });

  it('L16, L17 the gradient of weights', async () => {
    const gradient = (
      values: tf.TensorLike,
      weights: tf.TensorLike,
      reduction: losses.ReductionKey,
    ) =>
      tf.grad((w: tf.Tensor) => losses.computeWeightedLoss(values, w, {reduction}))(
        tf.tensor(weights),
      );
    const want: {[reduction: string]: number[]} = {
      [Reduction.NONE]: [1, 2, 3],
      [Reduction.SUM]: [1, 2, 3],
      [Reduction.SUM_OVER_BATCH_SIZE]: [1 / 3, 2 / 3, 1],
      [Reduction.SUM_BY_NONZERO_WEIGHTS]: [0.5, 1, 1.5],
      [Reduction.MEAN]: [-4 / 9, -1 / 9, 2 / 9],
    };
    for (const reduction of Reduction.all()) {
      await expectAsync(gradient([1, 2, 3], [1, 0, 2], reduction)).toBeAllClose(want[reduction], {
        absolute: 1e-6,
      });
    }
    const rows = [[1, 2, 3], [4, 5, 6]]; // prettier-ignore
    await expectAsync(gradient(rows, [[1], [3]], Reduction.MEAN)).toBeAllClose([-0.5625, 0.1875], {absolute: 1e-6}); // prettier-ignore
  });

  it('L18-L20, K20-K22 bool, negative and cancelling weights', async () => {
    const loss = async (values: tf.TensorLike, weights: Weights, reduction?: losses.ReductionKey) =>
      (await losses.computeWeightedLoss(values, weights, {reduction}).data())[0];
    expect(await loss([1, 2, 3], [true, false, true])).toBe(2);
    expect(await loss([1, 2], [1, -3], Reduction.MEAN)).toBe(2.5);
    expect(await loss([1, 2], [1, -1], Reduction.MEAN)).toBe(0);
    expect(await loss([1, 2, 3], [0.1, 0, 0.3])).toBeCloseTo(0.5, 6);
    const table = [[4, 8, 12], [8, 1, 3]]; // prettier-ignore
    const weights = [[1, 0, 2], [-5, 0, 6]]; // prettier-ignore
    expect(await loss(table, weights)).toBe(1.5);
    expect(await loss(table, weights, Reduction.MEAN)).toBe(1.5);
    expect(await loss(table, weights, Reduction.SUM)).toBe(6);
  });

  it('L29 the result has the dtype of the losses', async () => {
    const loss = losses.computeWeightedLoss(tf.tensor1d([1, 2], 'int32'));
    expect(loss.dtype).toBe('int32');
    expect((await loss.data())[0]).toBe(1);
  });
});
