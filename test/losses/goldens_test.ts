/** The losses against TensorFlow's own answers, scripts/goldens/losses.py. */
import * as tf from '@tensorflow/tfjs';

import {InvalidArgumentError, losses, ValueError} from '../../src/index';
import golden from '../goldens/losses.json';
import {describeEachBackend} from '../helpers/backends';
import {
  type GoldenError,
  type GoldenTensor,
  numbers,
  spelledAsHere,
  toTensor,
} from '../helpers/goldens';

interface Call {
  readonly name: string;
  readonly weights: GoldenTensor;
  readonly reduction: string;
  readonly loss?: GoldenTensor;
  readonly dlogits?: GoldenTensor;
  readonly dweights?: GoldenTensor;
  readonly dpenalty?: GoldenTensor;
  readonly error?: GoldenError;
}

const TOLERANCE = {relative: 4e-6, absolute: 4e-6};

/** 1/n, 2/n ... 1 in the shape of the loss. */
function upstreamOf(loss: tf.Tensor): tf.Tensor {
  return tf.reshape(tf.div(tf.range(1, 1 + loss.size), Math.max(1, loss.size)), loss.shape);
}

describeEachBackend(`losses agree with TensorFlow ${golden.tensorflow}`, () => {
  for (const test of golden.cases) {
    for (const call of test.calls as Call[]) {
      const shape = `weights ${call.weights.dtype} [${call.weights.shape}] (${call.name})`;
      it(`labels [${test.labels.shape}], ${shape}: ${call.error?.type ?? call.reduction}`, async () => {
        const [labels, logits] = [toTensor(test.labels), toTensor(test.logits)];
        const weights = toTensor(call.weights);
        const reduction = call.reduction as losses.ReductionKey;
        const loss = (x: tf.Tensor, w: tf.Tensor) =>
          losses.sparseSoftmaxCrossEntropy(labels, x, w, {reduction});

        if (call.error) {
          const message = spelledAsHere(call.error.message).replace(/ Received weights.*/s, '');
          const type = call.error.type === 'ValueError' ? ValueError : InvalidArgumentError;
          expect(() => loss(logits, weights)).toThrowMatching(
            (error: Error) => error instanceof type && error.message.startsWith(message),
          );
          return;
        }

        const value = loss(logits, weights);
        expect(value.shape).toEqual(call.loss!.shape);
        await expectAsync(value).toBeAllClose(numbers(call.loss!), TOLERANCE);

        const upstream = upstreamOf(value);
        const dlogits = (x: tf.Tensor) => tf.grad((x: tf.Tensor) => loss(x, weights))(x, upstream);
        await expectAsync(dlogits(logits)).toBeAllClose(numbers(call.dlogits!), TOLERANCE);
        // Of nothing, tf.js's webgl backend has no sum.
        if (logits.size > 0) {
          const penalty = (x: tf.Tensor) => tf.sum(tf.square(dlogits(x)));
          await expectAsync(tf.grad(penalty)(logits)).toBeAllClose(
            numbers(call.dpenalty!),
            TOLERANCE,
          );
        }

        if (call.dweights) {
          const dweights = tf.grad((w: tf.Tensor) => loss(logits, w))(weights, upstream);
          await expectAsync(dweights).toBeAllClose(numbers(call.dweights), TOLERANCE);
        }
      });
    }
  }
});
