/** The losses against TensorFlow's own answers, scripts/goldens/losses.py. */
import * as tf from '@tensorflow/tfjs';

import {InvalidArgumentError, losses, ValueError} from '../../src/index';
import golden from '../goldens/losses.json';
import {describeEachBackend} from '../helpers/backends';
import {
  type GoldenError,
  type GoldenNumbers,
  type GoldenTensor,
  spelledAsHere,
  toTensor,
} from '../helpers/goldens';
import {itemsOn} from '../helpers/pairwise';

/** TensorFlow's answer for one reduction. */
interface Outcome {
  readonly reduction: string;
  readonly shape: number[];
  readonly loss: GoldenNumbers;
  readonly dlogits: GoldenNumbers;
  readonly dweights?: GoldenNumbers;
  readonly dpenalty: GoldenNumbers;
}

interface Weighting {
  readonly name: string;
  readonly weights: GoldenTensor;
  readonly outcomes?: readonly Outcome[];
  readonly error?: GoldenError;
}

interface Call {
  readonly labels: GoldenTensor;
  readonly logits: GoldenTensor;
  readonly name: string;
  readonly weights: GoldenTensor;
  readonly want: Outcome | GoldenError;
}

const calls: readonly Call[] = golden.cases.flatMap(({labels, logits, weightings}) =>
  (weightings as Weighting[]).flatMap(({name, weights, outcomes, error}) =>
    (outcomes ?? [error!]).map((want) => ({labels, logits, name, weights, want})),
  ),
);

const outcomeOf = ({want}: Call) => ('type' in want ? want.type : want.reduction);

const featuresOf = (call: Call) => [
  `${call.labels.shape}`,
  `${call.weights.shape}`,
  call.name,
  outcomeOf(call),
];

const TOLERANCE = {relative: 4e-6, absolute: 4e-6};

/** 1/n, 2/n ... 1 in the shape of the loss. */
function upstreamOf(loss: tf.Tensor): tf.Tensor {
  return tf.reshape(tf.div(tf.range(1, 1 + loss.size), Math.max(1, loss.size)), loss.shape);
}

describeEachBackend(`losses agree with TensorFlow ${golden.tensorflow}`, (backendName) => {
  for (const call of itemsOn(backendName, calls, featuresOf)) {
    const shape = `weights ${call.weights.dtype} [${call.weights.shape}] (${call.name})`;
    it(`labels [${call.labels.shape}], ${shape}: ${outcomeOf(call)}`, async () => {
      const {want} = call;
      const [labels, logits, weights] = [call.labels, call.logits, call.weights].map(toTensor);
      const loss = (x: tf.Tensor, w: tf.Tensor, reduction?: string) =>
        losses.sparseSoftmaxCrossEntropy(labels, x, w, {
          reduction: reduction as losses.ReductionKey | undefined,
        });

      if ('type' in want) {
        const message = spelledAsHere(want.message).replace(/ Received weights.*/s, '');
        const type = want.type === 'ValueError' ? ValueError : InvalidArgumentError;
        expect(() => loss(logits, weights)).toThrowMatching(
          (error: Error) => error instanceof type && error.message.includes(message),
        );
        return;
      }

      const value = loss(logits, weights, want.reduction);
      expect(value.shape).toEqual(want.shape);
      await expectAsync(value).toBeAllClose(want.loss.map(Number), TOLERANCE);

      const upstream = upstreamOf(value);
      const dlogits = (x: tf.Tensor) =>
        tf.grad((x: tf.Tensor) => loss(x, weights, want.reduction))(x, upstream);
      await expectAsync(dlogits(logits)).toBeAllClose(want.dlogits.map(Number), TOLERANCE);
      if (backendName === 'cpu') {
        const penalty = (x: tf.Tensor) => tf.sum(tf.square(dlogits(x)));
        const dpenalty = tf.grad(penalty)(logits);
        await expectAsync(dpenalty).toBeAllClose(want.dpenalty.map(Number), TOLERANCE);
      }

      if (want.dweights) {
        const dweights = tf.grad((w: tf.Tensor) => loss(logits, w, want.reduction))(
          weights,
          upstream,
        );
        await expectAsync(dweights).toBeAllClose(want.dweights.map(Number), TOLERANCE);
      }
    });
  }
});
