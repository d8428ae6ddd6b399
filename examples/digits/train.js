// Trains a small network to read handwritten digits, with integer labels: no one-hot anywhere.
import process from 'node:process';

import * as tf from '@tensorflow/tfjs';
import cliProgress from 'cli-progress';
import {sparseSoftmaxCrossEntropyWithLogits} from 'tfjs-sparse-softmax-cross-entropy';

import {loadDigits} from './data.js';

const EPOCHS = Number(process.env.EP ?? 20);
const BATCH_SIZE = Number(process.env.BS ?? 32);
const LEARNING_RATE = Number(process.env.LR ?? 0.003);
const UNITS = Number(process.env.UN ?? 64);
const SEED = Number(process.env.SEED ?? 1);
const LEAST_ACCURACY = 0.9;

function createModel() {
  // A seed per layer makes every run the same.
  const weights = (seed) => tf.initializers.glorotUniform({seed});
  return tf.sequential({
    layers: [
      tf.layers.dense({
        inputShape: [64],
        units: UNITS,
        activation: 'relu',
        kernelInitializer: weights(SEED),
      }),
      // Linear: the loss takes logits and applies the softmax itself.
      tf.layers.dense({units: 10, kernelInitializer: weights(SEED + 1)}),
    ],
  });
}

function meanLoss(model, {images, labels}) {
  const logits = model.apply(images, {training: true});
  return tf.mean(sparseSoftmaxCrossEntropyWithLogits(labels, logits));
}

// Sorts the rows by a random key each. tf.util.shuffle cannot be seeded.
function shuffle({images, labels}, seed) {
  const keys = tf.randomUniform(labels.shape, 0, 1, 'float32', seed);
  const order = tf.topk(keys, keys.size).indices;
  return {images: tf.gather(images, order), labels: tf.gather(labels, order)};
}

function trainEpoch(model, optimizer, data, seed) {
  const {images, labels} = shuffle(data, seed);
  for (let start = 0; start < labels.size; start += BATCH_SIZE) {
    const size = Math.min(BATCH_SIZE, labels.size - start);
    const batch = {images: images.slice(start, size), labels: labels.slice(start, size)};
    optimizer.minimize(() => meanLoss(model, batch));
  }
}

function accuracy(model, {images, labels}) {
  const right = tf.equal(tf.argMax(model.predict(images), -1), labels);
  return tf.mean(right).dataSync()[0];
}

await tf.setBackend('cpu');
const {train, test} = loadDigits();
const model = createModel();
const optimizer = tf.train.adam(LEARNING_RATE);
const s = Date.now();
for (let e = 0; e < EPOCHS; e++) {
  tf.tidy(() => trainEpoch(model, optimizer, train, SEED + e));
  if ((e + 1) % 5 == 0)
    console.log(
      e + 1,
      tf.tidy(() => meanLoss(model, train).dataSync()[0]).toFixed(4),
      tf.tidy(() => accuracy(model, test)).toFixed(4),
      Date.now() - s,
      tf.memory().numTensors,
    );
}
