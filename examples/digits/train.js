// Trains a small network to read handwritten digits, with integer labels: no one-hot anywhere.
import * as tf from '@tensorflow/tfjs';
import cliProgress from 'cli-progress';
import {sparseSoftmaxCrossEntropyWithLogits} from 'tfjs-sparse-softmax-cross-entropy';

import {loadDigits} from './data.js';

const EPOCHS = 60;
const BATCH_SIZE = 64;
const LEARNING_RATE = 0.01;
const NOISE = 0.3;
const LEAST_ACCURACY = 0.9;

function createModel() {
  // Every layer has a seed, so that every run prints the same numbers.
  const weights = (seed) => tf.initializers.glorotUniform({seed});
  return tf.sequential({
    layers: [
      tf.layers.dense({
        inputShape: [64],
        units: 128,
        activation: 'relu',
        kernelInitializer: weights(1),
      }),
      // No softmax: the loss takes logits and applies the softmax itself.
      tf.layers.dense({units: 10, kernelInitializer: weights(2)}),
    ],
  });
}

function meanLoss(model, {images, labels}) {
  const logits = model.apply(images, {training: true});
  return tf.mean(sparseSoftmaxCrossEntropyWithLogits(labels, logits));
}

function accuracy(model, {images, labels}) {
  const predicted = tf.argMax(model.predict(images), -1);
  return tf.mean(tf.equal(predicted, labels));
}

// Sorts the rows by random keys, because tf.util.shuffle takes no seed.
function shuffle({images, labels}, seed) {
  const keys = tf.randomUniform(labels.shape, 0, 1, 'float32', seed);
  const order = tf.topk(keys, labels.size).indices;
  return {images: tf.gather(images, order), labels: tf.gather(labels, order)};
}

// Fresh noise in every epoch keeps the network from learning single images by heart.
function addNoise({images, labels}, seed) {
  const noise = tf.randomNormal(images.shape, 0, NOISE, 'float32', seed);
  return {images: tf.add(images, noise), labels};
}

function trainEpoch(model, optimizer, data, seed) {
  const {images, labels} = addNoise(shuffle(data, seed), seed);
  for (let start = 0; start < labels.size; start += BATCH_SIZE) {
    const size = Math.min(BATCH_SIZE, labels.size - start);
    const batch = {images: tf.slice(images, start, size), labels: tf.slice(labels, start, size)};
    optimizer.minimize(() => meanLoss(model, batch));
  }
}

// Frees every tensor that `compute` makes and keeps the plain number.
const numberOf = (compute) => tf.tidy(() => compute().dataSync()[0]);

await tf.setBackend('cpu');
const startTime = Date.now();
const {train, test} = loadDigits();
const model = createModel();
const optimizer = tf.train.adam(LEARNING_RATE);

const bar = new cliProgress.SingleBar({
  format: 'Training [{bar}] epoch {value}/{total} | loss {loss}',
  stream: process.stdout,
  noTTYOutput: true, // In a log: a line every two seconds.
});
let loss = numberOf(() => meanLoss(model, train));
bar.start(EPOCHS, 0, {loss: loss.toFixed(4)});
for (let epoch = 1; epoch <= EPOCHS; epoch++) {
  tf.tidy(() => trainEpoch(model, optimizer, train, epoch));
  loss = numberOf(() => meanLoss(model, train));
  bar.increment({loss: loss.toFixed(4)});
  await tf.nextFrame(); // Lets the bar draw itself.
}
bar.stop();

const testAccuracy = numberOf(() => accuracy(model, test));
console.log(`Final training loss: ${loss.toFixed(4)} nats`);
console.log(`Test accuracy: ${(100 * testAccuracy).toFixed(1)} %`);
console.log(`Time: ${((Date.now() - startTime) / 1000).toFixed(1)} s`);
if (testAccuracy < LEAST_ACCURACY) {
  console.error(`Test accuracy is below ${100 * LEAST_ACCURACY} %: something is broken.`);
  process.exitCode = 1;
}
