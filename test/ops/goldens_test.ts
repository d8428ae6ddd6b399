/** The op against TensorFlow's own answers, scripts/goldens/op.py. */
import * as tf from '@tensorflow/tfjs';

import * as sparse from '../../src/index';
import golden from '../goldens/op.json';
import {describeEachVariant} from '../helpers/backends';
import {holdsLabelsInMemory, uploaded} from '../helpers/bad_labels';
import {numbers, spelledAsHere, toTensor} from '../helpers/goldens';

const nn = sparse.sparseSoftmaxCrossEntropyWithLogits;
const raw = sparse.rawOps.sparseSoftmaxCrossEntropyWithLogits;

async function expectNaNs(outputs: tf.Tensor | tf.Tensor[]): Promise<void> {
  for (const output of [outputs].flat()) {
    expect(Array.from(await output.data())).toContain(NaN);
  }
}

describeEachVariant(`agrees with TensorFlow ${golden.tensorflow}`, (_, variant) => {
  for (const test of golden.values) {
    it(`on a loss and its gradient: ${test.name}`, async () => {
      const [logits, labels, dy] = [test.logits, test.labels, test.dy].map(toTensor);
      const first = tf.grad((x: tf.Tensor) => nn(labels, x))(logits, dy);
      await expectAsync(nn(labels, logits)).toBeTheLoss(numbers(test.loss));
      await expectAsync(first).toBeTheGradient(numbers(test.first));
    });
  }

  for (const test of golden.special) {
    it(`on a special row and its neighbours: ${test.name}`, async () => {
      const features = toTensor(test.logits);
      const labels = toTensor(test.labels);
      const [loss, backprop] = raw({features, labels});
      // TensorFlow's float32 kernel rounds on the way, this package's cpu kernel does not.
      const tolerance = {relative: 2e-7, absolute: 1e-7};
      await expectAsync(loss).toBeAllClose(numbers(test.loss), tolerance);
      await expectAsync(backprop).toBeAllClose(numbers(test.backprop), tolerance);
      await expectAsync(nn(labels, features)).toBeAllClose(numbers(test.loss), tolerance);
    });
  }

  if (variant !== undefined) return;

  for (const test of golden.values) {
    // Composed of tf.js's float32 ops.
    it(`on the second and the third derivative: ${test.name}`, async () => {
      const [logits, labels, dy, u, v] = [test.logits, test.labels, test.dy, test.u, test.v].map(
        toTensor,
      );
      const first = (x: tf.Tensor) => tf.grad((x: tf.Tensor) => nn(labels, x))(x, dy);
      const second = (x: tf.Tensor) => tf.grad(first)(x, u);
      const third = (x: tf.Tensor) => tf.grad(second)(x, v);
      await expectAsync(second(logits)).toBeAllClose(numbers(test.second), {absolute: 2e-6});
      await expectAsync(third(logits)).toBeAllClose(numbers(test.third), {absolute: 4e-6});
    });
  }

  for (const test of golden.errors) {
    it(`on the error of the ${test.op} op: ${test.name}`, async () => {
      const labels = toTensor(test.labels);
      const logits = toTensor(test.logits);
      const call = () => (test.op === 'nn' ? nn(labels, logits) : raw({features: logits, labels}));
      const {type, message} = test.error;
      let thrown: unknown;
      try {
        call();
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(
        type === 'ValueError' ? sparse.ValueError : sparse.InvalidArgumentError,
      );
      expect((thrown as Error).name).toBe(type);
      expect((thrown as Error).message).toContain(spelledAsHere(message));
      if (!message.includes('label value') || holdsLabelsInMemory()) return;
      uploaded(labels);
      await expectNaNs(call());
    });
  }
});
