/** The linear loss makes no gradient for a frozen variable until somebody asks for it. */
import * as tf from '@tensorflow/tfjs';

import {losses} from '../../src/index';
import {describeEachBackend, usage} from '../helpers/backends';
import {classIds, normals} from '../helpers/random';

const {linearSparseSoftmaxCrossEntropy: linear, Reduction} = losses;

const [BATCH, UNITS, CLASSES] = [20, 4, 6];
const CHUNKS = 3;
const chunkSize = 7;

const labels = () => tf.tensor1d(classIds(BATCH, CLASSES, 1), 'int32');
const values = () => ({
  inputs: tf.tensor2d(normals(BATCH * UNITS, 1, 0, 2), [BATCH, UNITS]),
  kernel: tf.tensor2d(normals(UNITS * CLASSES, 1, 0, 3), [UNITS, CLASSES]),
  bias: tf.tensor1d(normals(CLASSES, 1, 0, 4)),
});

/** The number of runs of a kernel in f. */
async function countsOf(f: () => void): Promise<(...names: string[]) => number> {
  const {kernels} = await tf.profile(() => tf.tidy(f));
  return (...names) => kernels.filter(({name}) => names.includes(name)).length;
}

async function expectClose(got: tf.Tensor, want: tf.Tensor): Promise<void> {
  const [a, b] = [await got.data(), await want.data()];
  expect(got.shape).toEqual(want.shape);
  expect(Math.max(...Array.from(a, (x, i) => Math.abs(x - b[i])))).toBeLessThan(1e-6);
}

describeEachBackend('a frozen variable of the linear loss', (backendName) => {
  const sumIsProduct = ['tensorflow', 'webgl'].includes(backendName);

  for (const name of ['kernel', 'bias', 'inputs'] as const) {
    for (const reduction of [Reduction.SUM_BY_NONZERO_WEIGHTS, Reduction.NONE]) {
      it(`has the gradient of one that is trained, ${name}: ${reduction}`, async () => {
        const tensors: {[name: string]: tf.Tensor} = values();
        const loss = (x: tf.Tensor) => {
          const {inputs, kernel, bias} = Object.assign({}, tensors, {[name]: x});
          return tf.sum(linear(labels(), inputs, kernel, 1, {bias, chunkSize, reduction}));
        };
        const frozen = tf.variable(tensors[name], false);
        const trained = tf.variable(tensors[name]);
        const [got, want] = [frozen, trained].map((x) => tf.valueAndGrad(loss)(x));
        await expectClose(got.value, want.value);
        await expectClose(got.grad, want.grad);
        expect((await got.grad.data()).some((g) => g !== 0)).toBeTrue();
        const squares = (x: tf.Tensor) => tf.sum(tf.square(tf.grad(loss)(x)));
        await expectClose(tf.grad(squares)(frozen), tf.grad(squares)(trained));
        tf.dispose([frozen, trained]);
      });
    }
  }

  it('costs no product and no sum in the forward pass', async () => {
    const {inputs, ...rest} = values();
    const products = async (kernelIsTrained: boolean, biasIsTrained: boolean) => {
      const kernel = tf.variable(rest.kernel, kernelIsTrained);
      const bias = tf.variable(rest.bias, biasIsTrained);
      const f = (x: tf.Tensor) => linear(labels(), x, kernel, 1, {bias, chunkSize});
      const count = await countsOf(() => void tf.grad(f)(inputs));
      tf.dispose([kernel, bias]);
      return count('BatchMatMul', '_FusedMatMul');
    };
    // Logits and the gradient of inputs, then that of the kernel, and of the bias where it is one.
    expect(await products(false, false)).toBe(2 * CHUNKS);
    expect(await products(true, false)).toBe(3 * CHUNKS);
    expect(await products(false, true)).toBe((sumIsProduct ? 3 : 2) * CHUNKS);
  });

  it('does not change the gradients of the others, and leaves nothing behind in a training step', async () => {
    const {inputs, ...rest} = values();
    const kernel = tf.variable(rest.kernel, false);
    const bias = tf.variable(rest.bias);
    const all = (inputs: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor) =>
      linear(labels(), inputs, kernel, 1, {bias, chunkSize});
    const want = tf.grads(all)([inputs, rest.kernel, rest.bias]);
    const got = tf.grads(all)([inputs, kernel, bias]);
    for (const [i, gradient] of got.entries()) await expectClose(gradient, want[i]);

    const optimizer = tf.train.sgd(0.5);
    const step = () => tf.tidy(() => void optimizer.minimize(() => all(inputs, kernel, bias)));
    step();
    const before = usage();
    step();
    expect(usage()).toEqual(before);
    await expectClose(kernel, rest.kernel);
    expect(await bias.data()).not.toEqual(await rest.bias.data());
    tf.dispose([kernel, bias]);
    optimizer.dispose();
  });
});
