import * as tf from '@tensorflow/tfjs';

import {losses, rawOps, sparseSoftmaxCrossEntropyWithLogits} from '../../src/index';
import {SparseSoftmaxCrossEntropyLoss} from '../../src/kernel_names';
import {describeBackend, describeEachVariant} from '../helpers/backends';
import {type Case, finiteCases, nonFiniteCases} from '../helpers/cases';
import {oracle} from '../helpers/oracle';

const tensors = ({logits, labels, batch, numClasses}: Case) => ({
  features: tf.tensor2d(logits, [batch, numClasses]),
  labels: tf.tensor1d(labels, 'int32'),
});

describeEachVariant('sparseSoftmaxCrossEntropyWithLogits', (_, variant) => {
  for (const testCase of [...finiteCases, ...nonFiniteCases]) {
    // 50,257 are enough there.
    if (variant !== undefined && testCase.numClasses > 100_000) continue;
    it(`is as exact as it promises: ${testCase.name}`, async () => {
      const {features, labels} = tensors(testCase);
      const want = oracle(testCase);
      const {value, grad} = tf.valueAndGrad((x: tf.Tensor) =>
        sparseSoftmaxCrossEntropyWithLogits(labels, x),
      )(features);
      await expectAsync(value).toBeTheLoss(want.loss);
      await expectAsync(grad).toBeTheGradient(want.backprop);

      const [loss, backprop] = rawOps.sparseSoftmaxCrossEntropyWithLogits({features, labels});
      await expectAsync(loss).toBeTheLoss(want.loss);
      await expectAsync(backprop).toBeTheGradient(want.backprop);
    });
  }

  it('gives every loss of rank 0 and up the shape of labels', async () => {
    const shapes = [[], [4], [2, 3], [2, 1, 3], [1, 2, 1, 2], [1, 1, 2, 1, 2]];
    for (const shape of shapes) {
      const labels = tf.ones(shape, 'int32');
      const logits = tf.randomNormal([...shape, 3], 0, 1, 'float32', 1);
      const {value, grad} = tf.valueAndGrad((x: tf.Tensor) =>
        sparseSoftmaxCrossEntropyWithLogits(labels, x),
      )(logits);
      expect(value.shape).toEqual(shape);
      expect(value.dtype).toBe('float32');
      expect(grad.shape).toEqual(logits.shape);
      const want = oracle({
        logits: await logits.data(),
        labels: await labels.data(),
        numClasses: 3,
      });
      await expectAsync(value).toBeTheLoss(want.loss);
      await expectAsync(grad).toBeTheGradient(want.backprop);
    }
  });

  it('takes plain numbers, arrays and typed arrays', async () => {
    const want = oracle({logits: [1, 2, 3, 3, 1, 2], labels: [2, 0], numClasses: 3}).loss;
    const rows = [[1, 2, 3], [3, 1, 2]]; // prettier-ignore
    await expectAsync(sparseSoftmaxCrossEntropyWithLogits([2, 0], rows)).toBeTheLoss(want);
    await expectAsync(sparseSoftmaxCrossEntropyWithLogits(Int32Array.of(2, 0), rows)).toBeTheLoss(
      want,
    );
    await expectAsync(sparseSoftmaxCrossEntropyWithLogits(Uint8Array.of(2, 0), rows)).toBeTheLoss(
      want,
    );
    const row = Float32Array.of(1, 2, 3);
    await expectAsync(sparseSoftmaxCrossEntropyWithLogits(2, row)).toBeTheLoss([want[0]]);
    await expectAsync(sparseSoftmaxCrossEntropyWithLogits([2], [row])).toBeTheLoss([want[0]]);
  });

  it('reads logits that are views: slices, reshapes, transposes', async () => {
    const x = tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 9, 8], [3, 3]);
    const f = (logits: tf.Tensor) => sparseSoftmaxCrossEntropyWithLogits([0, 2], logits);
    const check = async (view: tf.Tensor) => {
      const copy = (await view.data()).slice();
      await expectAsync(f(view)).toBeTheLoss(
        oracle({logits: copy, labels: [0, 2], numClasses: 3}).loss,
      );
    };
    await check(tf.slice(x, [1, 0], [2, 3]));
    await check(tf.reshape(tf.slice(x, [0, 0], [3, 2]), [2, 3]));
    await check(tf.slice(tf.transpose(x), [1, 0], [2, 3]));
  });

  it('leaves an empty batch empty', () => {
    for (const shape of [[0], [0, 2], [2, 0]]) {
      const {value, grad} = tf.valueAndGrad((x: tf.Tensor) =>
        sparseSoftmaxCrossEntropyWithLogits(tf.zeros(shape, 'int32'), x),
      )(tf.zeros([...shape, 3]));
      expect(value.shape).toEqual(shape);
      expect(grad.shape).toEqual([...shape, 3]);
    }
  });

  it('says which backends have the kernel where the current one has not', async () => {
    const backendName = tf.getBackend();
    tf.registerBackend('bare', () => tf.findBackend(backendName));
    const column = tf.tensor2d([0, 1], [2, 1], 'int32');
    const x = tf.ones([2, 3]);
    try {
      await tf.setBackend('bare');
      // Under a tape nothing has run either that would have to be freed.
      const before = tf.memory().numTensors;
      expect(() =>
        tf.grad((x: tf.Tensor) => losses.sparseSoftmaxCrossEntropy(column, x))(x),
      ).toThrowError(/not registered for backend 'bare'/);
      expect(tf.memory().numTensors).toBe(before);
      expect(() => sparseSoftmaxCrossEntropyWithLogits(0, [1, 2])).toThrowError(
        /Kernel 'SparseSoftmaxCrossEntropyLoss' not registered for backend 'bare'.*have it: .*cpu/,
      );
    } finally {
      await tf.setBackend(backendName);
      // Its instance is the current backend's own, which removeBackend would dispose.
      delete (tf.engine() as unknown as {registry: {[name: string]: unknown}}).registry['bare'];
      delete (tf.engine() as unknown as {registryFactory: {[name: string]: unknown}})
        .registryFactory['bare'];
    }
  });
});

describeBackend('cpu', 'a backend without kernels', () => {
  it('is told what to import where no backend has them', () => {
    const backendNames = tf.engine().backendNames();
    const kernels = backendNames.flatMap((backendName) =>
      tf
        .getKernelsForBackend(backendName)
        .filter(({kernelName}) => kernelName === SparseSoftmaxCrossEntropyLoss),
    );
    for (const {kernelName, backendName} of kernels) tf.unregisterKernel(kernelName, backendName);
    try {
      expect(() => sparseSoftmaxCrossEntropyWithLogits(0, [1, 2])).toThrowError(
        /not registered for backend 'cpu'\. No backend here has it \(.*cpu.*\)\. Import the package of one that supportedBackends names/,
      );
    } finally {
      for (const kernel of kernels) tf.registerKernel(kernel);
    }
    expect(() => sparseSoftmaxCrossEntropyWithLogits(0, [1, 2])).not.toThrow();
  });
});

describeBackend('cpu', 'float64 arithmetic', () => {
  it('keeps the tiny loss of a confident row, and a gradient that still sums to 0', async () => {
    const f = (x: tf.Tensor) => sparseSoftmaxCrossEntropyWithLogits(0, x);
    const {value, grad} = tf.valueAndGrad(f)(tf.tensor1d([20, 0, 0]));
    const tiny = Math.log1p(2 * Math.exp(-20)); // 4.1e-9
    const [ofOneClass] = await tf
      .grad(f)(tf.tensor1d([5]))
      .data();
    expect(Object.is(ofOneClass, 0)).toBeTrue(); // Not -0.
    await expectAsync(value).toBeWithinUlps([tiny], 1);
    await expectAsync(grad).toBeWithinUlps(
      [-2, 1, 1].map((k) => k * Math.exp(-20 - tiny)),
      2,
    );
  });
});
