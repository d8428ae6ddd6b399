// Step 3: loads what TensorFlow has trained, and compares the loss of the same batch.
import {readFileSync} from 'node:fs';
import path from 'node:path';

import * as tf from '@tensorflow/tfjs';

import {lossOf} from './loss.js';
import {filesToLoad} from './model_files.js';

const AGREEMENT = 2e-6;
const [folder] = process.argv.slice(2);
const read = (name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));

await tf.setBackend('cpu');
const {images, labels} = read('batch.json');
const {before, after} = read('tensorflow.json');
const batch = {images: tf.tensor2d(images), labels: tf.tensor1d(labels, 'int32')};

for (const [name, expected] of [
  ['from_tfjs', before],
  ['from_tensorflow', after],
]) {
  const model = await tf.loadLayersModel(filesToLoad(path.join(folder, name)));
  const loss = lossOf(model, batch);
  const difference = Math.abs(loss - expected);
  console.log(
    `tf.js:      loss of ${name} ${loss.toFixed(7)}, TensorFlow's ${expected.toFixed(7)}, apart ${difference.toExponential(1)}`,
  );
  if (!(difference <= AGREEMENT * Math.max(1, expected))) {
    console.error(`They differ by more than ${AGREEMENT}.`);
    process.exitCode = 1;
  }
}
