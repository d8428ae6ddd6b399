/** The costs of a call on webgl: draws, textures, shaders to compile. Time is the bench's. */
import * as tf from '@tensorflow/tfjs';

import {sparseSoftmaxCrossEntropyWithLogits as nn} from '../../src/index';
import {describeBackend, startBackend} from '../helpers/backends';
import {probe} from '../helpers/webgl_probe';

/** As a model leaves them: packed textures, the labels uploaded by an earlier step. */
function resident(batch: number, numClasses: number) {
  const logits = tf.matMul(tf.ones([batch, 1]), tf.randomNormal([1, numClasses]));
  const labels = tf.fill([batch], numClasses - 1, 'int32');
  const dy = tf.mul(tf.ones([batch]), tf.fill([batch], 0.5));
  tf.tidy(() => tf.grad((x: tf.Tensor) => nn(labels, x))(logits, dy)); // Uploads and packs.
  const packedLabels = tf.tensor1d(labels.dataSync<'int32'>().slice(), 'int32');
  tf.tidy(() => nn(packedLabels, logits));
  return {logits, labels: packedLabels, dy};
}

const SHAPES = [[128, 10], [65536, 10], [128, 1000], [1024, 1000], [256, 32000], [64, 50257]]; // prettier-ignore
describeBackend(
  'webgl',
  'a call',
  () => {
    for (const [batch, numClasses] of SHAPES) {
      it(`on [${batch}, ${numClasses}] is few draws and no texture of the size of the logits`, () => {
        const {logits, labels, dy} = resident(batch, numClasses);
        const forward = probe(() => nn(labels, logits));
        const few = numClasses <= 32;
        expect(forward.draws).toEqual(
          few ? ['FewClassesLossProgram'] : ['StatisticsProgram', 'LossProgram'],
        );
        expect(forward.peakBytes).toBeLessThanOrEqual(0.3e6);

        let grad: tf.Tensor | undefined;
        const both = probe(() => {
          grad = tf.grad((x: tf.Tensor) => nn(labels, x))(logits, dy);
        });
        expect(both.draws.length).toBeLessThanOrEqual(4);
        expect(both.draws.every((name) => /^(FewClasses|Statistics|Loss|RowTerms|Grad)/.test(name)))
          .withContext(`${both.draws}`)
          .toBeTrue();
        // The gradient and what a row needs, four numbers and its statistics.
        // A texture like that of the logits.
        const gradBytes = probe(() => tf.neg(logits)).leftBytes;
        expect(both.leftBytes).toBe(gradBytes);
        expect(both.peakBytes).toBeLessThanOrEqual(gradBytes + 32 * batch + 0.3e6);
        expect(grad!.shape).toEqual([batch, numClasses]);
      });
    }

    it('cuts rows into windows, as many as fit the budget', () => {
      const windows = (batch: number, numClasses: number) => {
        const inputs = {
          features: tf.zeros([batch, numClasses]),
          labels: tf.zeros([batch], 'int32'),
        };
        const [, {shape}] = tf
          .engine()
          .runKernel<tf.Tensor[]>('SparseSoftmaxCrossEntropyLoss', inputs);
        return shape[1]! / 2;
      };
      expect(windows(8, 32)).toBe(0); // None: the loss reads the row itself.
      expect(windows(8, 33)).toBe(1);
      expect(windows(8, 64)).toBe(2);
      expect(windows(1024, 1000)).toBe(31);
      expect(windows(16000, 200)).toBe(2);
      expect(windows(2, 50257)).toBe(512);
    });

    it('repacks logits that are not packed once a pass', () => {
      const {labels, dy} = resident(64, 100);
      const logits = tf.gather(tf.ones([64, 100]), tf.range(0, 64, 1, 'int32'));
      const {draws} = probe(() => tf.grad((x: tf.Tensor) => nn(labels, x))(logits, dy));
      expect(draws.filter((name) => name === 'PackProgram').length).toBe(2);
    });

    it('compiles nothing new for another batch', () => {
      const step = (batch: number, numClasses: number) => {
        const {logits, labels, dy} = resident(batch, numClasses);
        return probe(() => tf.grad((x: tf.Tensor) => nn(labels, x))(logits, dy)).compiled;
      };
      step(64, 1000);
      step(64, 10);
      for (const batch of [66, 1000, 2, 128]) {
        expect(step(batch, 1000)).withContext(`${batch}`).toBe(0);
        expect(step(batch, 10)).withContext(`${batch}`).toBe(0);
      }
    });
  },
  {},
);

/** Without the check for leaks: tf.js leaves textures behind where it fails. */
describe('the vocabulary of GPT-2', () => {
  beforeAll(() => startBackend('webgl', {WEBGL_MAX_TEXTURE_SIZE: 8192})); // As on many devices.
  afterAll(() => startBackend('cpu', {}));

  it('trains a step of [1400, 50257], where one-hot fails for the size of its texture', () => {
    const [batch, numClasses] = [1400, 50257];
    const labels = tf.fill([batch], 3, 'int32');
    const inputs = tf.ones<tf.Rank.R2>([batch, 2]);
    const weights = tf.variable(tf.zeros<tf.Rank.R2>([2, numClasses]));
    const optimizer = tf.train.sgd(1);
    const logits = () => tf.matMul(inputs, weights);
    const ours = () => tf.mean(nn(labels, logits())) as tf.Scalar;
    const oneHot = () =>
      tf.losses.softmaxCrossEntropy(tf.oneHot(labels, numClasses), logits()) as tf.Scalar;
    const train = (cost: () => tf.Scalar) =>
      tf.tidy(() => optimizer.minimize(cost, true)!.dataSync()[0]);
    expect(train(ours)).toBeCloseTo(Math.log(numClasses), 3);
    const after = tf.tidy(() => ours().dataSync()[0]);
    expect(after).toBeCloseTo(Math.log(numClasses - 1 + Math.exp(2)) - 2, 3);
    expect(() => train(oneHot)).toThrowError(/texture size/);
    weights.dispose();
    optimizer.dispose();
  });
});
