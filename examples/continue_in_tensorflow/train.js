// Step 1: trains a small network in tf.js and saves it, with the loss of one batch to compare.
import {writeFileSync} from 'node:fs';
import path from 'node:path';

import * as tf from '@tensorflow/tfjs';
import {compileSparse} from 'tfjs-sparse-softmax-cross-entropy/layers';

import {loadDigits} from '../digits/data.js';
import {lossOf} from './loss.js';
import {filesToSave} from './model_files.js';

const BATCH = 64;
const [folder] = process.argv.slice(2);

await tf.setBackend('cpu');
const {train} = loadDigits();
const weights = (seed) => tf.initializers.glorotUniform({seed});
const model = tf.sequential({
  layers: [
    tf.layers.dense({
      inputShape: [64],
      units: 16,
      activation: 'relu',
      kernelInitializer: weights(1),
    }),
    tf.layers.dense({units: 10, kernelInitializer: weights(2)}), // Logits.
  ],
});
compileSparse(model, {optimizer: tf.train.sgd(0.5)});
await model.fit(train.images, train.labels, {
  epochs: 2,
  batchSize: BATCH,
  shuffle: false,
  verbose: 0,
});

const batch = {images: tf.slice(train.images, 0, BATCH), labels: tf.slice(train.labels, 0, BATCH)};
const loss = lossOf(model, batch);
await model.save(filesToSave(path.join(folder, 'from_tfjs')));
const json = {images: batch.images.arraySync(), labels: batch.labels.arraySync(), loss};
writeFileSync(path.join(folder, 'batch.json'), JSON.stringify(json) + '\n');
console.log(`tf.js:      loss of the batch ${loss.toFixed(7)} nats, after 2 epochs`);
