/**
 * The loss of @genai-fi/nanogpt, which trains GPTs in tf.js, and ours give the same numbers for a
 * batch, except in three cases.
 */
import * as tf from '@tensorflow/tfjs';

import {loadNanogpt, nanogpt, PADDING} from '../helpers/nanogpt';
import {losses} from '../../src/index';
import {describeBackend} from '../helpers/backends';
import {classIds, normals} from '../helpers/random';

const [BATCH, TIME, CLASSES] = [3, 7, 50];
const ROWS = BATCH * TIME;

/**
 * Both compute in float32, good to 6e-8, in a few steps each. A loss is a sum of numbers of about
 * its size; a gradient is a difference of numbers of at most 1, over how many labels count.
 */
const CLOSE_LOSS = {relative: 5e-7};
const closeGradient = (isMasked: boolean) => ({absolute: 5e-7 / numCounted(isMasked)});

interface Options {
  readonly isMasked: boolean;
  readonly labelSmoothing: number;
}

const labels = classIds(ROWS, CLASSES, 1);
/** Each sequence ends in padding, and the last is nothing else. */
const padded = labels.map((label, i) => (i % TIME >= 4 || i >= 2 * TIME ? PADDING : label));
const counts = padded.map((label) => Number(label !== PADDING));
const numCounted = (isMasked: boolean) => (isMasked ? counts.reduce((a, b) => a + b) : ROWS);

const logitsOf = (values: ArrayLike<number>) =>
  tf.tensor3d(Float32Array.from(values), [BATCH, TIME, CLASSES]);
const labelsOf = ({isMasked}: Options) =>
  tf.tensor2d(isMasked ? padded : labels, [BATCH, TIME], 'int32');

const theirs = (options: Options) => (logits: tf.Tensor) =>
  nanogpt(labelsOf(options), logits, options) as tf.Scalar;
const ours = (options: Options) => (logits: tf.Tensor) =>
  losses.sparseSoftmaxCrossEntropy(labelsOf(options), logits, 1, {
    ignoreClass: options.isMasked ? PADDING : undefined,
    labelSmoothing: options.labelSmoothing,
  });

for (const backendName of ['cpu', 'webgl', 'webgpu']) {
  describeBackend(backendName, 'the loss of nanogpt', () => {
    beforeAll(async () => {
      await loadNanogpt();
      tf.env().set('IS_TEST', false); // Its kernels leave tensors to the scope around them.
    });

    afterAll(() => tf.env().set('IS_TEST', true));

    for (const isMasked of [false, true]) {
      const padding = isMasked ? 'with padding' : 'without padding';

      it(`is ours, and so is its gradient, ${padding}`, async () => {
        const options = {isMasked, labelSmoothing: 0};
        const logits = logitsOf(normals(ROWS * CLASSES, 3, 0, 2));
        const their = tf.valueAndGrad(theirs(options))(logits);
        const our = tf.valueAndGrad(ours(options))(logits);
        await expectAsync(their.value).toBeAllClose(our.value, CLOSE_LOSS);
        await expectAsync(their.grad).toBeAllClose(our.grad, closeGradient(isMasked));
      });

      it(`is ours with label smoothing, but its gradient is not that of the loss, ${padding}`, async () => {
        const labelSmoothing = 0.3;
        const options = {isMasked, labelSmoothing};
        const logits = logitsOf(normals(ROWS * CLASSES, 3, 0, 2));
        const their = tf.valueAndGrad(theirs(options))(logits);
        const our = tf.valueAndGrad(ours(options))(logits);
        await expectAsync(their.value).toBeAllClose(our.value, CLOSE_LOSS);

        // For softmax - (1 - s) onehot - s / K it has (1 - s) (softmax - onehot - s / K).
        const plain = await tf
          .grad(ours({isMasked, labelSmoothing: 0}))(logits)
          .data();
        const expected = plain.map((value, i) => {
          const dy = !isMasked || counts[Math.floor(i / CLASSES)] ? 1 / numCounted(isMasked) : 0;
          return (1 - labelSmoothing) * (value - (dy * labelSmoothing) / CLASSES);
        });
        await expectAsync(their.grad).toBeAllClose(expected, closeGradient(isMasked));

        // Which of the two is the slope of their loss, along the direction in which they differ.
        const difference = tf.sub(our.grad, their.grad);
        const direction = tf.div(difference, tf.norm(difference));
        const lossAt = async (step: number) =>
          (await theirs(options)(tf.add(logits, tf.mul(direction, step))).data())[0];
        const slope = (await lossAt(0.5)) - (await lossAt(-0.5));
        const along = async (grad: tf.Tensor) => (await tf.sum(tf.mul(grad, direction)).data())[0];
        expect(slope).toBeCloseTo(await along(our.grad), 4);
        expect(Math.abs(slope - (await along(their.grad)))).toBeGreaterThan(0.01);
      });
    }

    it('lets the logits of padding into its loss, which ours does not', async () => {
      const options = {isMasked: true, labelSmoothing: 0};
      const values = normals(ROWS * CLASSES, 3, 0, 2);
      const want = await ours(options)(logitsOf(values)).data();
      values.fill(NaN, 2 * TIME * CLASSES); // The last sequence.
      await expectAsync(ours(options)(logitsOf(values))).toBeAllClose(want, {});
      expect(await theirs(options)(logitsOf(values)).data()).not.toEqual(want);
    });

    it('is 0 / 0 where all labels are ignored, and ours is 0', async () => {
      const nothing = tf.fill([BATCH, TIME], PADDING, 'int32');
      const logits = tf.zeros([BATCH, TIME, CLASSES]);
      const our = losses.sparseSoftmaxCrossEntropy(nothing, logits, 1, {ignoreClass: PADDING});
      expect((await our.data())[0]).toBe(0);
      // On webgl tf.js takes a number over itself for 1.
      const quotient = backendName === 'webgl' ? 1 : NaN;
      const their = nanogpt(nothing, logits, {isMasked: true});
      expect((await their.data())[0]).toEqual(quotient);
    });
  });
}
