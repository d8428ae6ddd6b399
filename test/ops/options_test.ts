/** ignoreClass and labelSmoothing: the named cases, TensorFlow's goldens, and what is refused. */
import * as tf from '@tensorflow/tfjs';

import {
  losses,
  sparseSoftmaxCrossEntropyWithLogits as nn,
  type TargetOptions,
  ValueError,
} from '../../src/index';
import golden from '../goldens/smoothing.json';
import {describeEachBackend, describeEachVariant} from '../helpers/backends';
import {holdsLabelsInMemory} from '../helpers/bad_labels';
import {ignoringCases, smoothingCases} from '../helpers/cases';
import {numbers, toTensor} from '../helpers/goldens';
import {oracle} from '../helpers/oracle';

describeEachVariant('the options of the op', (_, variant) => {
  for (const testCase of [...ignoringCases, ...smoothingCases]) {
    it(`are as exact as promised: ${testCase.name}`, async () => {
      const {batch, numClasses, options} = testCase;
      const features = tf.tensor2d(testCase.logits, [batch, numClasses]);
      const labels = tf.tensor1d(testCase.labels, 'int32');
      const {value, grad} = tf.valueAndGrad((x: tf.Tensor) => nn(labels, x, options))(features);
      const want = oracle(testCase);
      if (options?.labelSmoothing) {
        await expectAsync(value).toBeTheSmoothedLoss(want.loss);
        await expectAsync(grad).toBeTheSmoothedGradient(want.backprop);
      } else {
        await expectAsync(value).toBeTheLoss(want.loss);
        await expectAsync(grad).toBeTheGradient(want.backprop);
      }
    });
  }

  for (const test of golden.values) {
    const {smoothing, logits} = test;
    it(`agree with TensorFlow on the gradient: ${smoothing}, [${logits.shape}]`, async () => {
      const [x, labels, dy] = [logits, test.labels, test.dy].map(toTensor);
      const f = (x: tf.Tensor) => nn(labels, x, {labelSmoothing: smoothing});
      await expectAsync(f(x)).toBeTheSmoothedLoss(numbers(test.loss));
      const close = {relative: 1e-6, absolute: 2e-6};
      await expectAsync(tf.grad(f)(x, dy)).toBeAllClose(numbers(test.first), close);
    });
  }

  it('keep every derivative of an ignored row at 0', async () => {
    const x = tf.tensor2d([[1, 2, 3], [NaN, Infinity, 0], [3, 1, 2]]); // prettier-ignore
    const f = (x: tf.Tensor) => nn(tf.tensor1d([0, -1, 2], 'int32'), x, {ignoreClass: -1});
    const first = (x: tf.Tensor) => tf.grad(f)(x);
    const second = (x: tf.Tensor) => tf.grad(first)(x, tf.fill([3, 3], 2));
    for (const derivative of [first(x), second(x), tf.grad(second)(x)]) {
      const values = Array.from(await derivative.data());
      expect(values.slice(3, 6)).toEqual([0, 0, 0]);
      expect(values.every(Number.isFinite)).toBeTrue();
    }
  });

  it('serve every rank', async () => {
    const labels = tf.tensor3d([[[0], [-1]], [[2], [1]]], [2, 2, 1], 'int32'); // prettier-ignore
    const logits = tf.randomNormal([2, 2, 1, 3], 0, 1, 'float32', 3);
    const options = {ignoreClass: -1, labelSmoothing: 0.2};
    const {value, grad} = tf.valueAndGrad((x: tf.Tensor) => nn(labels, x, options))(logits);
    expect(value.shape).toEqual([2, 2, 1]);
    const want = oracle({
      logits: await logits.data(),
      labels: [0, -1, 2, 1],
      numClasses: 3,
      options,
    });
    await expectAsync(value).toBeTheSmoothedLoss(want.loss);
    await expectAsync(grad).toBeTheSmoothedGradient(want.backprop);
  });

  if (variant !== undefined) return;

  it('reach the upstream gradient of the gradient', async () => {
    const options = {ignoreClass: -1, labelSmoothing: 0.2};
    const [logits, labels] = [[1, 2, 3, 3, 1, 2], [0, -1]]; // prettier-ignore
    const u = [1, 2, 4, 1, 2, 4];
    const f = (x: tf.Tensor) => nn(tf.tensor1d(labels, 'int32'), x, options);
    const gradient = (dy: tf.Tensor) => tf.grad(f)(tf.tensor2d(logits, [2, 3]), dy);
    const got = tf.grad(gradient)(tf.tensor1d([3, 5]), tf.tensor2d(u, [2, 3]));
    const {backprop} = oracle({logits, labels, numClasses: 3, options});
    const products = backprop.map((g, i) => g * u[i]);
    const want = [0, 3].map((begin) => products.slice(begin, begin + 3).reduce((a, b) => a + b));
    await expectAsync(got).toBeAllClose(want, {absolute: 2e-6});
  });

  for (const test of golden.values) {
    const {smoothing, logits} = test;
    it(`agree with TensorFlow to the third derivative: ${smoothing}, [${logits.shape}]`, async () => {
      const [x, labels, dy, u, v] = [logits, test.labels, test.dy, test.u, test.v].map(toTensor);
      const f = (x: tf.Tensor) => nn(labels, x, {labelSmoothing: smoothing});
      const first = (x: tf.Tensor) => tf.grad(f)(x, dy);
      const second = (x: tf.Tensor) => tf.grad(first)(x, u);
      const third = (x: tf.Tensor) => tf.grad(second)(x, v);
      const close = {relative: 1e-6, absolute: 2e-6};
      await expectAsync(second(x)).toBeAllClose(numbers(test.second), close);
      await expectAsync(third(x)).toBeAllClose(numbers(test.third), {...close, absolute: 4e-6});
    });
  }
});

describeEachBackend('the options of the losses', (backendName) => {
  const LABELS = [2, -1, 0, -1];
  const rows = [[1, 2, 3], [9, 9, 9], [3, 1, 2], [NaN, 1, Infinity]]; // prettier-ignore
  const options = {ignoreClass: -1};
  const kept = oracle({logits: [1, 2, 3, 3, 1, 2], labels: [2, 0], numClasses: 3}).loss;
  const {Reduction} = losses;
  const close = {relative: 2e-6};

  it('leave ignored labels out of the sum and out of its denominator', async () => {
    const reduce = (reduction: losses.ReductionKey, weights: tf.TensorLike | number = 1) =>
      losses.sparseSoftmaxCrossEntropy(LABELS, rows, weights, {...options, reduction});
    const [a, b] = kept;
    for (const weights of [3, [3], [3, 5, 3, 5], [3, NaN, 3, Infinity]]) {
      const want: Array<[losses.ReductionKey, number[]]> = [
        [Reduction.NONE, [3 * a, 0, 3 * b, 0]],
        [Reduction.SUM, [3 * (a + b)]],
        [Reduction.MEAN, [(a + b) / 2]],
        [Reduction.SUM_OVER_BATCH_SIZE, [(3 * (a + b)) / 4]],
        [Reduction.SUM_BY_NONZERO_WEIGHTS, [(3 * (a + b)) / 2]],
      ];
      for (const [reduction, expected] of want) {
        await expectAsync(reduce(reduction, weights))
          .withContext(`${reduction}, ${weights}`)
          .toBeAllClose(expected, close);
      }
    }
  });

  it('keep an ignored loss at 0 where float32 makes Infinity of the weight', async () => {
    for (const weight of [1e39, Infinity]) {
      const loss = losses.sparseSoftmaxCrossEntropy(LABELS, rows, weight, {
        ...options,
        reduction: Reduction.NONE,
      });
      await expectAsync(loss).toBeAllClose([Infinity, 0, Infinity, 0], {});
    }
  });

  it('take a number as the weight of all labels that are not ignored, to the second derivative', async () => {
    const [n, K] = [4, 3];
    const logits = [1, 2, 3, 4, 4, 4, 3, 1, 2, 0, 0, 1];
    const {backprop} = oracle({logits, labels: LABELS, numClasses: K, options});
    for (const weight of [-2, 0.5, 0]) {
      const count = weight === 0 ? 0 : 2;
      for (const [reduction, divisor] of [
        [Reduction.SUM, 1],
        [Reduction.MEAN, weight * count],
        [Reduction.SUM_OVER_BATCH_SIZE, n],
        [Reduction.SUM_BY_NONZERO_WEIGHTS, count],
      ] as const) {
        const over = (value: number) => (divisor === 0 ? 0 : (weight * value) / divisor);
        const f = (x: tf.Tensor) =>
          losses.sparseSoftmaxCrossEntropy(LABELS, x, weight, {...options, reduction});
        const {value, grad} = tf.valueAndGrad(f)(tf.tensor2d(logits, [n, K]));
        const context = `${reduction}, ${weight}`;
        await expectAsync(value)
          .withContext(context)
          .toBeAllClose([over(kept[0] + kept[1])], close);
        const first = {absolute: 2e-6};
        await expectAsync(grad).withContext(context).toBeAllClose(backprop.map(over), first);

        // The Hessian of each row that counts times 1 in its first class.
        const direction = tf.tensor2d([1, 0, 0], [1, K]).tile([n, 1]);
        const second = tf.grad((x: tf.Tensor) => tf.grad(f)(x))(
          tf.tensor2d(logits, [n, K]),
          direction,
        );
        const hessian = logits.map((_, i) => {
          const [row, j] = [Math.floor(i / K), i % K];
          if (LABELS[row] === -1) return 0;
          const p = (j: number) => backprop[row * K + j] + Number(j === LABELS[row]);
          return over(p(j) * (Number(j === 0) - p(0)));
        });
        await expectAsync(second).withContext(context).toBeAllClose(hessian, first);
      }
    }
  });

  it('give ignored labels a gradient of 0, for their weights and their logits', async () => {
    for (const reduction of Reduction.all()) {
      const f = (x: tf.Tensor, w: tf.Tensor) =>
        losses.sparseSoftmaxCrossEntropy(LABELS, x, w, {...options, reduction});
      const [dx, dw] = tf.grads(f)([tf.tensor2d(rows), tf.tensor1d([1, 2, 3, NaN])]);
      const [logits, weights] = await Promise.all([dx.data(), dw.data()]);
      expect([weights[1], weights[3]]).withContext(reduction).toEqual([0, 0]);
      expect([...logits.slice(3, 6), ...logits.slice(9)]).toEqual([0, 0, 0, 0, 0, 0]);
      expect([...logits, ...weights].every(Number.isFinite)).toBeTrue();
    }
  });

  it('are exactly 0 where all labels are ignored', async () => {
    for (const reduction of Reduction.all()) {
      for (const weights of [1, Infinity, [1, NaN]]) {
        const loss = losses.sparseSoftmaxCrossEntropy([-1, -1], [[1, 2], [NaN, 3]], weights, {...options, reduction}); // prettier-ignore
        expect(Array.from(await loss.data()).every((value) => value === 0)).toBeTrue();
      }
    }
  });

  // A GPU counts labels.
  if (holdsLabelsInMemory(backendName)) {
    it('run no kernel more where labels are in main memory', async () => {
      const logits = tf.zeros([4, 3]);
      const kernels = async (options: TargetOptions) => {
        const f = (x: tf.Tensor) => losses.sparseSoftmaxCrossEntropy([0, 2, 1, 0], x, 1, options);
        return (await tf.profile(() => tf.grad(f)(logits))).kernelNames;
      };
      expect(await kernels({ignoreClass: 2})).toEqual(await kernels({}));
    });
  }

  for (const test of golden.losses) {
    it(`smooth as TensorFlow's softmax_cross_entropy: ${test.reduction}`, async () => {
      const reduction = test.reduction as losses.ReductionKey;
      const [labels, weights] = [test.labels, test.weights].map(toTensor);
      const f = (x: tf.Tensor) =>
        losses.sparseSoftmaxCrossEntropy(labels, x, weights, {
          reduction,
          labelSmoothing: test.smoothing,
        });
      const {value, grad} = tf.valueAndGrad(f)(toTensor(test.logits));
      await expectAsync(value).toBeAllClose(numbers(test.loss), {relative: 2e-6});
      await expectAsync(grad).toBeAllClose(numbers(test.dlogits), {absolute: 2e-6});
    });
  }

  it('are refused if they are wrong, before anything runs', () => {
    const before = tf.memory().numTensors;
    const wrong: Array<[object, RegExp]> = [
      [{ignoreClass: 0.5}, /`ignoreClass` must be an integer, got 0\.5/],
      [{ignoreClass: null}, /`ignoreClass` must be an integer, got null/],
      [{labelSmoothing: 1.5}, /`labelSmoothing` must be .*\[0, 1\], got 1\.5/],
      [{labelSmoothing: -0.1}, /`labelSmoothing` must be .*\[0, 1\], got -0\.1/],
      [{labelSmoothing: NaN}, /`labelSmoothing` must be .*\[0, 1\], got NaN/],
      [{labelSmoothing: '0.1'}, /`labelSmoothing` must be .*\[0, 1\], got '0\.1'/],
    ];
    for (const [options, message] of wrong) {
      const given = options as TargetOptions;
      expect(() => nn([0], [[1, 2]], given)).toThrowError(ValueError, message);
      const loss = () => losses.sparseSoftmaxCrossEntropy([0], [[1, 2]], 1, given);
      expect(loss).toThrowError(ValueError, message);
    }
    expect(tf.memory().numTensors).toBe(before);
  });
});
