/**
 * The arguments of the losses beyond labels and logits: where they may stand, and what is refused.
 */
import * as tf from '@tensorflow/tfjs';

import {losses, ValueError} from '../../src/index';
import {describeBackend} from '../helpers/backends';

const {Reduction} = losses;
const LABELS = [2, 0, -1];
const logits = () => tf.tensor2d([[1, 2, 4], [3, 1, 2], [0, 0, 9]]); // prettier-ignore

/** A loss as JavaScript calls it, with whatever arguments. */
const untyped = (f: unknown, ...args: unknown[]) =>
  (f as (...args: unknown[]) => tf.Tensor)(...args);

describeBackend('cpu', 'the options of a loss', () => {
  const same = async (a: tf.Tensor, b: tf.Tensor) => {
    expect(a.shape).toEqual(b.shape);
    await expectAsync(a).toBeWithinUlps(b, 0);
  };

  it('may come in the place of weights, with weights among them', async () => {
    const x = logits();
    const weights = [0.5, 2, 7];
    const [kernel, inputs] = [tf.eye(3), x];
    const options = {ignoreClass: -1, reduction: Reduction.MEAN};
    const f = losses.sparseSoftmaxCrossEntropy;
    const linear = losses.linearSparseSoftmaxCrossEntropy;
    await same(f(LABELS, x, options), f(LABELS, x, 1, options));
    await same(f(LABELS, x, {...options, weights}), f(LABELS, x, weights, options));
    await same(f(LABELS, x, {ignoreClass: -1, weights: 2}), f(LABELS, x, 2, {ignoreClass: -1}));
    await same(
      linear(LABELS, inputs, kernel, {...options, weights}),
      linear(LABELS, inputs, kernel, weights, options),
    );
    const weighted = losses.computeWeightedLoss;
    await same(weighted([1, 2], {weights: [1, 3]}), weighted([1, 2], [1, 3]));
    await same(weighted([1, 2], {reduction: 'none'}), weighted([1, 2], 1, {reduction: 'none'}));
  });

  it('may be an instance of a class', async () => {
    class Options {
      ignoreClass = -1;
    }
    const x = logits();
    await same(
      losses.sparseSoftmaxCrossEntropy(LABELS, x, new Options()),
      losses.sparseSoftmaxCrossEntropy(LABELS, x, 1, new Options()),
    );
  });

  it('are refused if they are given twice', () => {
    const call =
      (...args: unknown[]) =>
      () =>
        untyped(losses.sparseSoftmaxCrossEntropy, LABELS, logits(), ...args);
    expect(call({ignoreClass: -1}, {scope: 'a'})).toThrowError(
      ValueError,
      /^Pass the options once/,
    );
    expect(call(1, {weights: 2})).toThrowError(ValueError, /^Pass weights by position or among/);
    expect(call({ignoreClas: -1})).toThrowError(ValueError, /no `ignoreClas`: it takes .*weights/);
    expect(call(1, {ignoreClas: -1})).toThrowError(ValueError, /no `ignoreClas`: it takes/);
    expect(call({weights: null, ignoreClass: -1})).toThrowError(ValueError, /must not be null/);
    expect(call(new Map())).toThrowError(ValueError, /got a Map/);
  });

  it('name a scope and a collection by strings', () => {
    for (const f of [losses.sparseSoftmaxCrossEntropy, losses.computeWeightedLoss]) {
      const args = f === losses.computeWeightedLoss ? [[1, 2]] : [[2, 0], [[1, 2, 4], [3, 1, 2]]]; // prettier-ignore
      for (const value of [5, {}, ['a'], true]) {
        expect(() => untyped(f, ...args, 1, {scope: value})).toThrowError(
          ValueError,
          /^`scope` must be a string, got/,
        );
        expect(() => untyped(f, ...args, {lossCollection: value})).toThrowError(
          ValueError,
          /^`lossCollection` must be a string, got/,
        );
      }
      expect(() => untyped(f, ...args, 1, {scope: null, lossCollection: null})).not.toThrow();
    }
  });

  it('list each reduction once where one is unknown', () => {
    const call = () => untyped(losses.computeWeightedLoss, [1], 1, {reduction: 'mean'});
    expect(call).toThrowError(
      ValueError,
      /^Pass losses\.Reduction\.MEAN\. Invalid Reduction Key mean\./,
    );
    expect(call).toThrowError(/^[^']*('[a-z_]+', ){4}'[a-z_]+'[^']*$/);
  });

  it('are typed: a loss is a scalar only if it is reduced, and an error names the option', () => {
    const x = logits();
    const scalars: tf.Scalar[] = [
      losses.sparseSoftmaxCrossEntropy([2, 0, 0], x),
      losses.sparseSoftmaxCrossEntropy([2, 0, 0], x, {labelSmoothing: 0.1, weights: 2}),
      losses.computeWeightedLoss([1], {reduction: 'weighted_sum'}),
    ];
    const matrix: tf.Tensor = losses.computeWeightedLoss([1], {reduction: 'none'});
    // @ts-expect-error A loss that is not reduced is no scalar.
    const none: tf.Scalar = losses.sparseSoftmaxCrossEntropy([2, 0, 0], x, {reduction: 'none'});
    // @ts-expect-error Nor is it with weights by position.
    const third: tf.Scalar = losses.computeWeightedLoss([1], 1, {reduction: tf.Reduction.NONE});
    // @ts-expect-error A misspelled option.
    expect(() => losses.sparseSoftmaxCrossEntropy([2, 0, 0], x, {ignoreClas: 1})).toThrow();
    expect(scalars.map(({rank}) => rank)).toEqual([0, 0, 0]);
    expect([matrix.rank, none.rank, third.rank]).toEqual([1, 1, 1]);
  });
});
