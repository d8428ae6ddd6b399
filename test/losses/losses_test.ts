/** Promises of the losses beyond TensorFlow's numbers: derivatives, arguments, stacks, memory. */
import * as tf from '@tensorflow/tfjs';

import {
  InvalidArgumentError,
  losses,
  sparseSoftmaxCrossEntropyWithLogits,
  ValueError,
} from '../../src/index';
import {describeEachBackend, MANY_STEPS, usage} from '../helpers/backends';
import {expectBadLabel} from '../helpers/bad_labels';

const {Reduction} = losses;
const LABELS = [2, 0, 1, 1];
const logits = () => tf.tensor2d([[1, 2, 3], [0, -1, 0.5], [2, 2, 1], [0, 1, 0]]); // prettier-ignore

describeEachBackend('losses', (backendName) => {
  it('takes a tf.Reduction too', async () => {
    const pairs = [
      [tf.Reduction.NONE, Reduction.NONE],
      [tf.Reduction.SUM, Reduction.SUM],
      [tf.Reduction.MEAN, Reduction.MEAN],
      [tf.Reduction.SUM_BY_NONZERO_WEIGHTS, Reduction.SUM_BY_NONZERO_WEIGHTS],
    ] as const;
    for (const [number, key] of pairs) {
      const loss = (reduction: tf.Reduction | losses.ReductionKey) =>
        losses.sparseSoftmaxCrossEntropy(LABELS, logits(), [1, 0, 2, 3], {reduction});
      await expectAsync(loss(number)).toBeWithinUlps(loss(key), 0);
    }
    const unknown = {reduction: 7 as tf.Reduction};
    expect(() => losses.computeWeightedLoss([1], 1, unknown)).toThrowError(ValueError, /Key 7/);
  });

  it('lists its reductions, the alias with them', () => {
    expect(Reduction.all()).toEqual([
      'none',
      'weighted_sum',
      'weighted_mean',
      'weighted_sum_over_batch_size',
      'weighted_sum_by_nonzero_weights',
      'weighted_sum_by_nonzero_weights',
    ]);
    for (const key of Reduction.all()) expect(() => Reduction.validate(key)).not.toThrow();
    for (const key of ['sum', 'mean', 'none ', null, undefined, 1]) {
      expect(() => Reduction.validate(key)).toThrowError(ValueError, /Invalid Reduction Key/);
    }
  });

  it('is 0 over no losses, whatever the weights are', async () => {
    for (const reduction of Reduction.all()) {
      if (reduction === Reduction.NONE) continue;
      for (const weights of [[NaN], [Infinity], [0], 1, Infinity]) {
        const loss = losses.computeWeightedLoss(tf.zeros([0]), weights, {reduction});
        expect(Array.from(await loss.data()))
          .withContext(`${reduction}, ${weights}`)
          .toEqual([0]);
      }
    }
  });

  it('has a second derivative of 0 in weights that are counted', async () => {
    const first = tf.grad((w: tf.Tensor) => losses.computeWeightedLoss([1, 2, 4], w));
    const weights = tf.tensor1d([1, 0, 3]);
    await expectAsync(first(weights)).toBeAllClose([0.5, 1, 2], {relative: 1e-6});
    const second = tf.grad((w: tf.Tensor) => tf.sum(first(w)))(weights);
    await expectAsync(second).toBeAllClose([0, 0, 0], {});
  });

  it('is differentiable to second order over an empty batch, as over another', async () => {
    for (const reduction of Reduction.all()) {
      for (const batch of [0, 2]) {
        const loss = (x: tf.Tensor, w: tf.Tensor) =>
          losses.sparseSoftmaxCrossEntropy(tf.zeros([batch], 'int32'), x, w, {reduction});
        const x = tf.ones([batch, 3]);
        const w = tf.tensor1d([2]);
        // By what the gradient is differentiated again: logits, and then weights.
        const dx = (x: tf.Tensor, w: tf.Tensor) => tf.grad((x: tf.Tensor) => loss(x, w))(x);
        const second = tf.grads(dx)([x, w]);
        expect(second.map(({shape}) => shape)).toEqual([[batch, 3], [1]]);
        const dw = (x: tf.Tensor, w: tf.Tensor) => tf.grad((w: tf.Tensor) => loss(x, w))(w);
        const mixed = tf.grad((x: tf.Tensor) => dw(x, w))(x);
        expect(mixed.shape).toEqual([batch, 3]);
        if (batch === 0) expect(Array.from(await second[1].data())).toEqual([0]);
      }
    }
  });

  it('squeezes labels, logits and weights by one dimension of 1', async () => {
    const want = losses.sparseSoftmaxCrossEntropy(LABELS, logits(), [1, 2, 3, 4]);
    const column = LABELS.map((label) => [label]);
    const wide = tf.expandDims(logits(), -1);
    await expectAsync(losses.sparseSoftmaxCrossEntropy(column, logits(), [[1], [2], [3], [4]])).toBeWithinUlps(want, 0); // prettier-ignore
    await expectAsync(losses.sparseSoftmaxCrossEntropy(LABELS, wide, [1, 2, 3, 4])).toBeWithinUlps(
      want,
      0,
    );
    const scalar = losses.sparseSoftmaxCrossEntropy([1], [1, 2, 3], 1, {reduction: Reduction.NONE});
    expect(scalar.shape).toEqual([]);
  });

  it('differentiates MEAN twice, through its denominator', async () => {
    const values = tf.tensor1d([1, 4, 9]);
    const mean = (w: tf.Tensor) =>
      losses.computeWeightedLoss(values, w, {reduction: Reduction.MEAN});
    const square = (w: tf.Tensor) => tf.sum(tf.square(tf.grad(mean)(w)));
    // With D = sum w and m = sum w l / D: dm/dw_i = (l_i - m) / D.
    const w = [1, 2, 3];
    const gradientSquare = (w: number[]) => {
      const d = w.reduce((a, b) => a + b);
      const m = w.reduce((s, v, i) => s + v * [1, 4, 9][i], 0) / d;
      return [1, 4, 9].reduce((s, l) => s + ((l - m) / d) ** 2, 0);
    };
    const want = w.map((_, i) => {
      const at = (h: number) => gradientSquare(w.map((v, j) => (i === j ? v + h : v)));
      return (at(1e-4) - at(-1e-4)) / 2e-4;
    });
    await expectAsync(tf.grad(square)(tf.tensor1d(w))).toBeAllClose(want, {absolute: 1e-5});
  });

  it('has a gradient of 0 for losses and weights where the denominator is 0', async () => {
    const f = (w: tf.Tensor) => losses.computeWeightedLoss([1, 2], w, {reduction: Reduction.MEAN});
    await expectAsync(tf.grad(f)(tf.tensor1d([0, 0]))).toBeAllClose([0, 0], {});
    const g = (values: tf.Tensor) =>
      losses.computeWeightedLoss(values, [0, 0], {reduction: Reduction.MEAN});
    await expectAsync(tf.grad(g)(tf.tensor1d([NaN, 2]))).toBeAllClose([0, 0], {});
  });

  it('does not return the tensor that it got', () => {
    const values = tf.tensor1d([1, 2]);
    const loss = losses.computeWeightedLoss(values, 1, {reduction: Reduction.NONE});
    loss.dispose();
    expect(values.isDisposed).toBeFalse();
  });

  it('refuses bad weights, a missing argument and strings, and leaves nothing behind', async () => {
    const labels = tf.tensor2d(LABELS, [4, 1], 'int32');
    const x = logits();
    const call =
      (labels: unknown, x: unknown, weights?: unknown, options?: losses.LossOptions) => () =>
        losses.sparseSoftmaxCrossEntropy(
          labels as tf.Tensor,
          x as tf.Tensor,
          weights as number,
          options,
        );
    const gone = tf.scalar(1);
    gone.dispose();
    const rows: (readonly [
      () => unknown,
      typeof ValueError | typeof InvalidArgumentError,
      RegExp,
    ])[] = [
      [call(null, x), ValueError, /^Argument `labels` must not be null/],
      [call(labels, null), ValueError, /^Argument `logits` must not be null/],
      [call(null, null), ValueError, /labels/],
      [call(labels, x, null), ValueError, /`weights` must not be null/],
      [call(labels, x, gone), ValueError, /`weights` is a disposed tensor/],
      [call(labels, x, [1, 2]), ValueError, /Mismatch at dim 0\. values\.shape=\[4\], weights\.shape=\[2\]/], // prettier-ignore
      [call(labels, x, tf.ones([4, 1, 1])), ValueError, /values\.rank=1\. weights\.rank=3/],
      [call(labels, x, tf.ones([1, 4])), InvalidArgumentError, /Can not squeeze dim\[1\]/],
      [call(labels, x, ['a', 'b', 'c', 'd']), InvalidArgumentError, /Cast string to float/],
      [call([[5], [0], [1], [1]], x, null), InvalidArgumentError, /value of 5/],
      [call([[0.5], [0], [1], [1]], x), InvalidArgumentError, /the label 0\.5/],
      [call(labels, x, 1, {reduction: 'mean' as losses.ReductionKey}), ValueError, /Reduction Key/],
    ];
    for (const [f, error, message] of rows) {
      const before = usage();
      expect(f).toThrowError(error, message);
      expect(() => tf.grad(() => f() as tf.Tensor)(x)).toThrowError(error, message);
      expect({...usage(), context: message}).toEqual({...before, context: message});
    }
    const bad = tf.tensor2d([[5], [0], [1], [1]], [4, 1], 'int32');
    await expectBadLabel((y) => losses.sparseSoftmaxCrossEntropy(y, x), bad, /label value of 5/);
  });

  it('costs a sum, a division and one product for their gradients on top of the op, by default', async () => {
    const x = logits();
    const profile = await tf.profile(() =>
      tf.grad((x: tf.Tensor) => losses.sparseSoftmaxCrossEntropy(LABELS, x))(x),
    );
    const kernels = profile.kernels.map(({name}) => name);
    const real = kernels.filter((name) => !/^(Identity|Reshape|.*__op|backward)$/.test(name));
    expect(real).toEqual([
      'SparseSoftmaxCrossEntropyLoss',
      ['tensorflow', 'webgl'].includes(backendName) ? 'Sum' : 'SparseSoftmaxCrossEntropySum',
      'RealDiv',
      'Multiply',
      'SparseSoftmaxCrossEntropyGrad',
    ]);
  });

  it('refuses weights in arrays that are no numbers or booleans', () => {
    const rows: unknown[] = [[1, null], [1, undefined], [true, 2], [1n, 2n], [[1], [1, 2]], [tf.scalar(1), tf.scalar(2)], BigInt64Array.of(1n, 2n), Promise.resolve(1), new Set([1, 2]), () => 1]; // prettier-ignore
    for (const weights of rows) {
      const before = usage();
      expect(() => losses.computeWeightedLoss([1, 2], weights as number[])).toThrowError(
        ValueError,
      );
      expect(usage()).toEqual(before);
    }
    const strings = ['a', 'b'];
    expect(() => losses.computeWeightedLoss([1, 2], strings)).toThrowError(InvalidArgumentError);
    expect(() => losses.computeWeightedLoss([1, 2, 3], strings)).toThrowError(
      ValueError,
      /Mismatch/,
    );
  });

  it('says where options and a reduction belong', async () => {
    const call =
      (...rest: unknown[]) =>
      () =>
        losses.sparseSoftmaxCrossEntropy(LABELS, logits(), ...(rest as [number]));
    expect(call('weighted_mean')).toThrowError(
      InvalidArgumentError,
      /^Pass the reduction among the options, \{reduction: \.\.\.\}\. Cast string to float/,
    );
    for (const [reduction, name] of [
      ['mean', 'MEAN'],
      ['SUM', 'SUM'],
      ['sum_over_batch_size', 'SUM_OVER_BATCH_SIZE'],
    ]) {
      expect(call(1, {reduction})).toThrowError(
        ValueError,
        new RegExp(`^Pass losses\\.Reduction\\.${name}\\.`),
      );
    }
    expect(call(1, {reduction: 'average'})).toThrowError(ValueError, /nonzero_weights'\)\.$/);
    const weighted = losses.computeWeightedLoss(
      [1, 2],
      Float64Array.of(1, 2) as unknown as Float32Array,
    );
    await expectAsync(weighted).toBeAllClose([2.5], {});
  });

  it('refuses options that would otherwise be ignored', () => {
    const call = (options: unknown) => () =>
      losses.sparseSoftmaxCrossEntropy(LABELS, logits(), 1, options as losses.LossOptions);
    for (const options of ['none', 0.1, tf.Reduction.SUM, null]) {
      expect(call(options)).toThrowError(ValueError, /`options` must be an object of scope/);
    }
    expect(call({redution: 'none'})).toThrowError(ValueError, /`options` has no `redution`/);
    const options = {label_smoothing: 1} as unknown as losses.LossOptions;
    expect(() => losses.computeWeightedLoss([1], 1, options)).toThrowError(ValueError, /has no/);
    const loss = (() => tf.scalar(1)) as unknown as tf.Tensor;
    expect(() => losses.addLoss(loss)).toThrowError(ValueError, /`loss` must be a tensor/);
  });

  it('takes a weight below float32 for 0', async () => {
    for (const reduction of Reduction.all()) {
      const loss = losses.computeWeightedLoss([1, 2], 1e-60, {reduction});
      await expectAsync(loss).toBeAllClose(loss.size === 1 ? [0] : [0, 0], {});
    }
  });

  it('fits a tf.Scalar and a tf.Tensor1D without a cast', () => {
    const cost: () => tf.Scalar = () => losses.sparseSoftmaxCrossEntropy(LABELS, logits());
    const weighted: tf.Scalar = losses.computeWeightedLoss([1]);
    const inferred = losses.sparseSoftmaxCrossEntropy(LABELS, logits(), 1, {
      reduction: Reduction.SUM,
    });
    const scalar: tf.Scalar = inferred;
    const each = losses.sparseSoftmaxCrossEntropy(LABELS, logits(), 1, {
      reduction: tf.Reduction.NONE,
    });
    // @ts-expect-error: a tensor of any rank.
    const no: tf.Scalar = each;
    expect([scalar.rank, no.rank]).toEqual([0, 1]);
    const rows: tf.Tensor1D = sparseSoftmaxCrossEntropyWithLogits(LABELS, logits());
    const reduction: losses.Reduction = Reduction.MEAN;
    expect([cost().rank, weighted.rank, rows.rank, reduction.length]).toEqual([0, 0, 1, 13]);
  });
});

describeEachBackend('a Graph', () => {
  const run = (graph: losses.Graph) =>
    graph.asDefault(() => losses.sparseSoftmaxCrossEntropy(LABELS, logits()));

  it('collects inside asDefault only', async () => {
    const graph = new losses.Graph();
    losses.sparseSoftmaxCrossEntropy(LABELS, logits());
    expect(losses.getLosses()).toEqual([]);
    const loss = run(graph);
    expect(graph.getCollection('losses')).toEqual([loss]);
    expect(losses.getLosses()).toEqual([]);
    expect(() => losses.getTotalLoss()).toThrowError(ValueError, /at least one Tensor/);
    await expectAsync(losses.getRegularizationLoss()).toBeAllClose([0], {});
    losses.addLoss(loss);
    expect(losses.getLosses()).toEqual([]);
  });

  it('continues where it was when entered again, and nests', () => {
    const [outer, inner] = [new losses.Graph(), new losses.Graph()];
    run(outer);
    outer.asDefault(() => {
      expect(inner.nameOf(run(inner))).toBe('sparse_softmax_cross_entropy_loss/value');
      expect(losses.getLosses().length).toBe(1);
    });
    expect(outer.nameOf(run(outer))).toBe('sparse_softmax_cross_entropy_loss_1/value');
  });

  it('gives a copy of a collection', () => {
    const graph = new losses.Graph();
    run(graph);
    graph.getCollection('losses').pop();
    expect(graph.getCollection('losses').length).toBe(1);
    expect(graph.getCollection('nothing')).toEqual([]);
  });

  it('remembers the last reduction, whatever happens after its validation', () => {
    const graph = new losses.Graph();
    expect(graph.lastLossReduction).toBeNull();
    graph.asDefault(() => {
      losses.computeWeightedLoss([1], 1, {reduction: Reduction.SUM});
      expect(graph.lastLossReduction).toBe(Reduction.SUM);
      const mean = {reduction: Reduction.MEAN};
      expect(() => losses.computeWeightedLoss([1], [1, 2], mean)).toThrowError(ValueError);
      expect(graph.lastLossReduction).toBe(Reduction.MEAN);
      const bad = {reduction: 'sum' as losses.ReductionKey};
      expect(() => losses.computeWeightedLoss([1], 1, bad)).toThrowError(ValueError);
      expect(graph.lastLossReduction).toBe(Reduction.MEAN);
    });
  });

  it('remembers the reduction of a sparse loss whose weights do not broadcast', () => {
    const graph = new losses.Graph();
    const options = {reduction: Reduction.MEAN};
    const call = () => losses.sparseSoftmaxCrossEntropy(LABELS, logits(), [1, 2], options);
    graph.asDefault(() => expect(call).toThrowError(ValueError));
    expect(graph.lastLossReduction).toBe(Reduction.MEAN);
  });

  it('names a tensor once, and only as TensorFlow would', () => {
    const graph = new losses.Graph();
    const mine = tf.scalar(1);
    graph.asDefault(() => {
      losses.addLoss(mine, 'losses', {name: 'first'});
      losses.addLoss(mine, 'others', {name: 'second'});
      expect(graph.nameOf(mine)).toBe('first');
      expect(() => losses.addLoss(tf.scalar(2), 'losses', {name: 'a b'})).toThrowError(ValueError);
    });
  });

  it('finds an unnamed loss only without a scope', () => {
    const graph = new losses.Graph();
    const mine = tf.scalar(1);
    graph.asDefault(() => {
      losses.addLoss(mine);
      expect(losses.getLosses()).toEqual([mine]);
      expect(losses.getLosses('')).toEqual([]);
      expect(graph.nameOf(mine)).toBeUndefined();
    });
  });

  it('leaves the default graph and the scopes as they were when something throws', () => {
    const graph = new losses.Graph();
    const boom = () => {
      throw new Error('boom');
    };
    expect(() => graph.asDefault(boom)).toThrowError('boom');
    expect(losses.getLosses()).toEqual([]);
    graph.asDefault(() => {
      expect(() => losses.nameScope('a', () => losses.nameScope('b', boom))).toThrowError('boom');
      expect(() => losses.sparseSoftmaxCrossEntropy([0], [[]])).toThrowError(/at least one class/);
      expect(losses.nameScope('c', (scope) => scope)).toBe('c/');
    });
    expect(() => losses.nameScope('eager', boom)).toThrowError('boom');
    expect(losses.nameScope('c', (scope) => scope)).toBe('c/');
  });

  it('refuses asynchronous functions, those that show it before they start', async () => {
    const graph = new losses.Graph();
    let started = 0;
    const asynchronous = async () => started++;
    const promising = () => Promise.resolve(started++);
    const rejecting = () => Promise.reject<number>(new Error('not to be seen'));
    for (const fn of [asynchronous, promising, rejecting]) {
      expect(() => graph.asDefault(fn)).toThrowError(
        ValueError,
        /Graph\.asDefault: fn must be sync/,
      );
      expect(() => losses.nameScope('a', fn)).toThrowError(
        ValueError,
        /nameScope: fn must be sync/,
      );
    }
    expect(started).toBe(asynchronous.constructor.name === 'AsyncFunction' ? 2 : 4);
    expect(losses.getLosses()).toEqual([]);
  });

  it('says so when a loss to be added up is already disposed', () => {
    new losses.Graph().asDefault(() => {
      tf.tidy(() => void losses.sparseSoftmaxCrossEntropy(LABELS, logits()));
      expect(() => losses.getTotalLoss()).toThrowError(
        ValueError,
        /loss 'sparse_softmax_cross_entropy_loss\/value' is disposed/,
      );
    });
  });

  it('names scopes without it as eager TensorFlow does: nested, not made unique', () => {
    const names: string[] = [];
    const note = (scope: string) => void names.push(scope);
    losses.nameScope('foo', (scope) => {
      note(scope);
      losses.nameScope('foo2', note);
      losses.nameScope('', (scope) => {
        note(scope);
        losses.nameScope('foo3', note);
      });
      losses.nameScope('bar/', note);
    });
    losses.nameScope('foo', note);
    expect(names).toEqual(['foo/', 'foo/foo2/', '', 'foo3/', 'bar/', 'foo/']);
  });

  it('trains two heads and an L2 penalty, with nothing left after many steps', async () => {
    const x = logits();
    const [a, b] = [tf.variable(tf.zeros([3, 3])), tf.variable(tf.zeros([3, 2]))];
    const optimizer = tf.train.adam(0.2);
    const total = () =>
      new losses.Graph().asDefault(() => {
        losses.sparseSoftmaxCrossEntropy(LABELS, tf.matMul(x, a), 1, {scope: 'color'});
        losses.sparseSoftmaxCrossEntropy([0, 1, 1, 0], tf.matMul(x, b), 0.5, {scope: 'shape'});
        const penalty = tf.mul(1e-3, tf.sum(tf.square(a))) as tf.Scalar;
        losses.addLoss(penalty, 'regularization_losses', {name: 'l2'});
        return losses.getTotalLoss();
      });
    const without = () => losses.sparseSoftmaxCrossEntropy(LABELS, tf.matMul(x, a), [1, 2, 0, 1]);
    const step = async (cost: () => tf.Scalar) => {
      const before = tf.tidy(() => optimizer.minimize(cost, true, [a, b])!);
      const [value] = await before.data();
      before.dispose();
      return value;
    };
    const first = await step(total);
    await step(without);
    const before = usage();
    let last = first;
    for (let i = 0; i < MANY_STEPS; i++) last = await step(total);
    for (let i = 0; i < MANY_STEPS; i++) await step(without);
    expect(usage()).toEqual(before);
    expect(first).toBeCloseTo(Math.log(3) + 0.5 * Math.log(2), 5);
    expect(last).toBeLessThan(0.5 * first);
    a.dispose();
    b.dispose();
    optimizer.dispose();
  });
});
