// One network, two answers, one penalty: TensorFlow's loss collections add them up.
import * as tf from '@tensorflow/tfjs';
import {losses} from 'tfjs-sparse-softmax-cross-entropy';

import {loadDigits} from '../digits/data.js';

const STEPS = 300;
const PENALTY = 1e-3;

await tf.setBackend('cpu');
const {train, test} = loadDigits();

/** Is the digit odd? A second thing to learn from the same images. */
const parity = (digits) => tf.mod(digits, tf.scalar(2, 'int32'));

const weights = (inputs, outputs, seed) =>
  tf.variable(tf.randomNormal([inputs, outputs], 0, 1 / Math.sqrt(inputs), 'float32', seed));
const trunk = weights(64, 32, 1);
const digitHead = weights(32, 10, 2);
const parityHead = weights(32, 2, 3);

function predict(images) {
  const hidden = tf.relu(tf.matMul(images, trunk));
  return {digit: tf.matMul(hidden, digitHead), parity: tf.matMul(hidden, parityHead)};
}

function totalLoss({images, labels}) {
  // A new graph for each step. Inside it, each loss registers itself.
  return new losses.Graph().asDefault(() => {
    const logits = predict(images);
    losses.sparseSoftmaxCrossEntropy(labels, logits.digit, 1, {scope: 'digit'});
    losses.sparseSoftmaxCrossEntropy(parity(labels), logits.parity, 0.5, {scope: 'parity'});
    const penalty = tf.mul(PENALTY, tf.sum(tf.square(trunk)));
    losses.addLoss(penalty, losses.GraphKeys.REGULARIZATION_LOSSES, {name: 'l2'});
    return losses.getTotalLoss();
  });
}

const accuracy = (logits, labels) => tf.mean(tf.equal(tf.argMax(logits, -1), labels)).dataSync()[0];

const optimizer = tf.train.adam(0.01);
for (let step = 1; step <= STEPS; step++) {
  const loss = optimizer.minimize(() => totalLoss(train), true);
  if (step % 100 === 0) console.log(`step ${step}: total loss ${loss.dataSync()[0].toFixed(4)}`);
  loss.dispose();
}

tf.tidy(() => {
  const logits = predict(test.images);
  const [digit, odd] = [
    accuracy(logits.digit, test.labels),
    accuracy(logits.parity, parity(test.labels)),
  ];
  console.log(
    `Test accuracy: ${(100 * digit).toFixed(1)} % digit, ${(100 * odd).toFixed(1)} % parity`,
  );
  if (Math.min(digit, odd) < 0.85) {
    console.error('Test accuracy is below 85 %: something is broken.');
    process.exitCode = 1;
  }
});
