import * as tf from '@tensorflow/tfjs';

import {InvalidArgumentError, ValueError} from '../../src/index';
import {sparseCategoricalCrossentropy, type SparseLoss} from '../../src/layers';
import goldens from '../goldens/layers.json';
import {describeEachBackend} from '../helpers/backends';
import {holdsLabelsInMemory, uploaded} from '../helpers/bad_labels';
import {numbers, toTensor} from '../helpers/goldens';
import {oracle} from '../helpers/oracle';
import {itemsOn} from '../helpers/pairwise';

const LOSS = 'SparseSoftmaxCrossEntropyLoss';
const CLOSE = {relative: 1e-5, absolute: 1e-5};

type Golden = (typeof goldens.losses)[number];

const featuresOf = ({yTrue, fromLogits, ignoreClass}: Golden) => [
  `${yTrue.shape}`,
  `${fromLogits}`,
  `${ignoreClass}`,
];

describeEachBackend('sparseCategoricalCrossentropy', (backendName) => {
  for (const golden of itemsOn(backendName, goldens.losses, featuresOf)) {
    const {fromLogits, yTrue} = golden;
    const ignoreClass = golden.ignoreClass ?? undefined;
    const title = `[${yTrue.shape}] fromLogits=${fromLogits} ignoreClass=${ignoreClass}`;

    it(`is Keras's, with its gradient: ${title}`, async () => {
      const loss = sparseCategoricalCrossentropy({fromLogits, ignoreClass});
      const yPred = toTensor(golden.yPred);
      for (const dtype of ['int32', 'float32'] as const) {
        const targets = tf.cast(toTensor(yTrue), dtype);
        const {value, grad} = tf.valueAndGrad((x: tf.Tensor) => tf.mean(loss(targets, x)))(yPred);
        await expectAsync(value).toBeAllClose(numbers(golden.mean), CLOSE);
        await expectAsync(grad).toBeAllClose(numbers(golden.gradient), CLOSE);

        // One number a target. Those that count are scaled, so that their mean is the mean of all.
        const losses = loss(targets, yPred);
        expect(losses.shape).toEqual(golden.losses.shape);
        const counting = numbers(yTrue).filter((target) => target !== ignoreClass).length;
        const scale = counting === 0 ? 0 : losses.size / counting;
        const want = numbers(golden.losses).map((value) => value * scale);
        await expectAsync(losses).toBeAllClose(want, CLOSE);
      }
    });
  }

  it('is equal to the op where nothing is ignored', async () => {
    const labels = [2, 0, 1];
    const logits = [1, 2, 3, 1e6, 1e6 + 1, 0, -1, 8, 3];
    const want = oracle({logits, labels, numClasses: 3}).loss;
    const yPred = tf.tensor2d(logits, [3, 3]);
    const loss = sparseCategoricalCrossentropy();
    await expectAsync(loss(tf.tensor2d(labels, [3, 1]), yPred)).toBeTheLoss(want);
    await expectAsync(loss(tf.tensor1d(labels, 'int32'), yPred)).toBeTheLoss(want);
  });

  it('keeps a last dimension of 1 that is the time', async () => {
    const yPred = tf.tensor3d([1, 2, 3, 3, 1, 1], [2, 1, 3]);
    const want = oracle({logits: await yPred.data(), labels: [2, 0], numClasses: 3}).loss;
    const loss = sparseCategoricalCrossentropy();
    for (const shape of [
      [2, 1],
      [2, 1, 1],
    ]) {
      const losses = loss(tf.tensor([2, 0], shape), yPred);
      expect(losses.shape).toEqual([2, 1]);
      await expectAsync(losses).toBeTheLoss(want);
    }
  });

  it('lets each target be weighted', async () => {
    const yTrue = tf.tensor2d([[0], [1], [1]]);
    const yPred = tf.tensor2d([0, 0, 0, 2, 3, 0], [3, 2]);
    const weights = [1, 0, 0.5];
    const loss = sparseCategoricalCrossentropy();
    const grad = tf.grad((x: tf.Tensor) => tf.sum(tf.mul(loss(yTrue, x), weights)))(yPred);
    const {backprop} = oracle({logits: await yPred.data(), labels: [0, 1, 1], numClasses: 2});
    await expectAsync(grad).toBeTheGradient(backprop.map((value, i) => value * weights[i >> 1]));
  });

  it('keeps ignored targets and their losses out of the result, whatever they are', async () => {
    const yPred = tf.tensor2d([NaN, 0, -Infinity, 0, 1, 2], [3, 2]);
    const want = 3 * oracle({logits: [1, 2], labels: [0], numClasses: 2}).loss[0];
    for (const ignoreClass of [-100, 2, 255]) {
      const loss = sparseCategoricalCrossentropy({ignoreClass});
      const targets = [ignoreClass, ignoreClass, 0];
      await expectAsync(loss(tf.tensor1d(targets, 'int32'), yPred)).toBeAllClose(
        [0, 0, want],
        CLOSE,
      );
      await expectAsync(loss(tf.tensor1d(targets), yPred)).toBeAllClose([0, 0, want], CLOSE);
      const grad = tf.grad((x: tf.Tensor) => loss(tf.tensor1d(targets), x))(yPred);
      const {backprop} = oracle({logits: [1, 2], labels: [0], numClasses: 2});
      await expectAsync(grad).toBeAllClose(
        [0, 0, 0, 0, ...backprop.map((value) => 3 * value)],
        CLOSE,
      );
    }
  });

  it('has a second derivative, also where targets are ignored', async () => {
    const yPred = tf.tensor2d([1, 2, 3, 4, 5, 7, 0, 0, 5], [3, 3]);
    const second = (yTrue: number[], ignoreClass?: number) => {
      const loss = sparseCategoricalCrossentropy({ignoreClass});
      const first = tf.grad((x: tf.Tensor) => tf.sum(loss(tf.tensor1d(yTrue), x)));
      return tf
        .grad((x: tf.Tensor) => tf.sum(tf.square(first(x))))(yPred)
        .data();
    };
    const all = await second([2, 1, 0]);
    const scale = (3 / 2) ** 2; // Two of three targets are not ignored.
    const want = all.map((value, i) => (Math.floor(i / 3) === 1 ? 0 : value * scale));
    await expectAsync(await second([2, -1, 0], -1)).toBeAllClose(want, CLOSE);
    expect(all.every((value) => value !== 0)).toBeTrue();
  });

  it('refuses a target that is not an integer, or answers NaN, but never takes a neighbour', async () => {
    const yPred = tf.tensor2d([1, 2, 3, 3, 1, 1], [2, 3]);
    for (const bad of [1.5, NaN, Infinity, -Infinity, 1e20, -0.5]) {
      for (const ignoreClass of [undefined, -1]) {
        const loss = sparseCategoricalCrossentropy({ignoreClass});
        const targets = tf.tensor2d([[bad], [0]]);
        const call = () => loss(targets, yPred);
        const got = new RegExp(`integers in \\[0, 3\\), got ${Math.fround(bad)}\\.`);
        expect(call).withContext(`${bad}`).toThrowError(InvalidArgumentError, got);
        if (holdsLabelsInMemory()) continue;
        uploaded(targets);
        const [ofBad, ofGood] = await call().data();
        expect(ofBad).withContext(`${bad}`).toBeNaN();
        expect(ofGood).not.toBeNaN();
      }
    }
  });

  it('makes no class of such a target where it cannot read targets', async () => {
    const kernel = tf.getKernel(LOSS, tf.getBackend());
    tf.unregisterKernel(LOSS, tf.getBackend());
    tf.registerKernel({...kernel, refuse: () => {}} as tf.KernelConfig);
    try {
      const loss = sparseCategoricalCrossentropy({ignoreClass: -1});
      for (const bad of [1.5, NaN, -0.5]) {
        let answer: number | string;
        try {
          [answer] = await loss(tf.tensor1d([bad, 0]), tf.ones([2, 3])).data();
        } catch (error) {
          answer = (error as Error).message;
        }
        expect(`${answer}`).toMatch(/^NaN$|Received a label value of -2 /);
      }
    } finally {
      tf.unregisterKernel(LOSS, tf.getBackend());
      tf.registerKernel(kernel);
    }
  });

  it('smooths targets as the dense loss of smoothed targets does', async () => {
    const yPred = tf.tensor2d([1, 2, 3, 3, 1, 1], [2, 3]);
    const target = tf.add(tf.mul(tf.oneHot(tf.tensor1d([2, 0], 'int32'), 3), 0.7), 0.1);
    const want = await tf.neg(tf.sum(tf.mul(target, tf.logSoftmax(yPred)), -1)).data();
    const loss = sparseCategoricalCrossentropy({labelSmoothing: 0.3, ignoreClass: -1});
    await expectAsync(loss(tf.tensor2d([[2], [0]]), yPred)).toBeAllClose(want, CLOSE);
  });

  it('takes plain arrays too', async () => {
    const loss = sparseCategoricalCrossentropy({ignoreClass: -1}) as unknown as (
      ...arrays: unknown[]
    ) => tf.Tensor;
    const want = 2 * oracle({logits: [1, 2], labels: [1], numClasses: 2}).loss[0];
    await expectAsync(loss([1, -1], [[1, 2], [5, 6]])).toBeAllClose([want, 0], CLOSE); // prettier-ignore
    expect(() => loss([1n], [[1, 2]])).toThrowError(ValueError, /`yTrue` must be .* BigInt 1n/);
  });

  it('makes no buffer of the size of the logits for ignored labels', async () => {
    const yPred = tf.ones([8, 1000]) as tf.Tensor;
    const yTrue = tf.tensor1d([1, -1, 2, 3, -1, 4, 5, 6], 'int32');
    const loss = sparseCategoricalCrossentropy({ignoreClass: -1, labelSmoothing: 0.1});
    const {kernels} = await tf.profile(() => tf.grad((x) => tf.sum(loss(yTrue, x)))(yPred));
    const large = kernels.filter(
      ({name, outputShapes}) =>
        !/__op$|Identity/.test(name) &&
        outputShapes.some((shape) => shape && tf.util.sizeFromShape(shape) >= 8000),
    );
    expect(large.map(({name}) => name)).toEqual(['SparseSoftmaxCrossEntropyGrad']);
  });

  it('refuses everything that the op refuses, and leaves nothing behind', () => {
    const loss = sparseCategoricalCrossentropy({ignoreClass: 0});
    const yPred = tf.ones([2, 3]);
    const oneHot = tf.ones([2, 3]);
    const truths = tf.ones([2, 1], 'bool');
    const before = tf.memory().numTensors;
    expect(() => loss(oneHot, yPred)).toThrowError(ValueError, /^Make class ids of one-hot labels/);
    expect(() => loss(truths, yPred)).toThrowError(InvalidArgumentError, /'Tlabels' of bool/);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('the options of sparseCategoricalCrossentropy', () => {
  const make = sparseCategoricalCrossentropy as (options: unknown) => unknown;

  it('are checked', () => {
    expect(() => make({fromlogits: false})).toThrowError(
      ValueError,
      '`options` has no `fromlogits`: it takes fromLogits, ignoreClass, labelSmoothing, zLoss.',
    );
    expect(() => make({fromLogits: 1})).toThrowError(
      ValueError,
      '`fromLogits` must be true or false, got 1.',
    );
    for (const ignoreClass of [0.5, NaN, '0', null]) {
      expect(() => make({ignoreClass})).toThrowError(
        ValueError,
        /`ignoreClass` must be an integer, got /,
      );
    }
  });

  it('may be an instance of a class', () => {
    class Options {
      readonly ignoreClass = -1;
    }
    expect((make(new Options()) as SparseLoss).ignoreClass).toBe(-1);
    expect(() => make('sum')).toThrowError(ValueError, /^Give each option by its name/);
  });

  it('are no tensors: the function makes the loss', () => {
    const x = tf.tensor1d([1]);
    expect(() => make(x)).toThrowError(
      ValueError,
      /^Write loss: sparseCategoricalCrossentropy\(\), with/,
    );
    x.dispose();
  });
});
