/** Checks that must pass on every platform, on each backend there. */
import {seen} from './watch.js';

import * as tf from '@tensorflow/tfjs';
import {losses} from 'tfjs-sparse-softmax-cross-entropy';
import {compileSparse} from 'tfjs-sparse-softmax-cross-entropy/layers';

export interface Answer {
  /** By backend: the accuracy of a trained classifier, and the largest error beside float64. */
  readonly backends: {readonly [name: string]: {accuracy: number; error: number}};
  readonly tfVersion: string;
  readonly cores: number;
  readonly simdCalls: number;
}

export async function check(backendNames: readonly string[]): Promise<Answer> {
  const backends: {[name: string]: {accuracy: number; error: number}} = {};
  for (const name of backendNames) {
    if (!(await tf.setBackend(name))) throw new Error(`The backend ${name} does not start.`);
    backends[name] = {accuracy: await train(), error: await compare()};
  }
  return {
    backends,
    tfVersion: tf.version_core,
    cores: 1 + seen.extraCores,
    simdCalls: seen.simdCalls,
  };
}

/** The accuracy of a classifier of the quadrant of a point, after its training. */
async function train(): Promise<number> {
  const points = Array.from({length: 64}, (_, i) => [Math.cos(i + 0.5), Math.sin(i + 0.5)]);
  const labels = points.map(([x, y]) => (x > 0 ? 0 : 1) + (y > 0 ? 0 : 2));
  const model = tf.sequential();
  model.add(tf.layers.dense({units: 4, inputShape: [2], kernelInitializer: 'zeros'}));
  compileSparse(model, {optimizer: tf.train.adam(0.2), metrics: ['accuracy']});
  const xs = tf.tensor2d(points);
  const ys = tf.tensor1d(labels, 'int32');
  await model.fit(xs, ys, {epochs: 40, batchSize: 64, shuffle: false, verbose: 0});
  const [, accuracy] = model.evaluate(xs, ys) as tf.Scalar[];
  return (await accuracy.data())[0];
}

const [ROWS, UNITS, CLASSES, IGNORED] = [6, 3, 5, -1];
const LABELS = [2, 0, IGNORED, 4, 1, IGNORED];
const wave = (size: number, step: number) =>
  Array.from({length: size}, (_, i) => 3 * Math.sin(step * i));

/** Loss and gradients, of logits and of the fused layer, with ignored labels. */
async function compare(): Promise<number> {
  const inputs = wave(ROWS * UNITS, 1.7);
  const kernel = wave(UNITS * CLASSES, 2.3);
  const logits = Array.from({length: ROWS * CLASSES}, (_, i) => {
    const [row, column] = [Math.floor(i / CLASSES), i % CLASSES];
    let sum = 0;
    for (let k = 0; k < UNITS; k++) sum += inputs[row * UNITS + k] * kernel[k * CLASSES + column];
    return sum;
  });
  const want = float64(logits);
  const kernelGradient = Array.from({length: UNITS * CLASSES}, (_, i) => {
    const [k, column] = [Math.floor(i / CLASSES), i % CLASSES];
    let sum = 0;
    for (let row = 0; row < ROWS; row++)
      sum += inputs[row * UNITS + k] * want.gradient[row * CLASSES + column];
    return sum;
  });

  const labels = tf.tensor1d(LABELS, 'int32');
  const options = {ignoreClass: IGNORED};
  const plain = tf.valueAndGrad(
    (x: tf.Tensor) => losses.sparseSoftmaxCrossEntropy(labels, x, 1, options) as tf.Scalar,
  )(tf.tensor2d(logits, [ROWS, CLASSES]));
  const x = tf.tensor2d(inputs, [ROWS, UNITS]);
  const fused = tf.valueAndGrad(
    (k: tf.Tensor) =>
      losses.linearSparseSoftmaxCrossEntropy(labels, x, k as tf.Tensor2D, 1, options) as tf.Scalar,
  )(tf.tensor2d(kernel, [UNITS, CLASSES]));
  return Math.max(
    await distance(plain.value, [want.loss]),
    await distance(plain.grad, want.gradient),
    await distance(fused.value, [want.loss]),
    await distance(fused.grad, kernelGradient),
  );
}

/** The mean over the labels that count, and its gradient. */
function float64(logits: readonly number[]): {loss: number; gradient: number[]} {
  const counted = LABELS.filter((label) => label !== IGNORED).length;
  let loss = 0;
  const gradient = LABELS.flatMap((label, row) => {
    const x = logits.slice(row * CLASSES, (row + 1) * CLASSES);
    if (label === IGNORED) return x.map(() => 0);
    const exps = x.map((value) => Math.exp(value));
    const sum = exps.reduce((a, b) => a + b);
    loss += (Math.log(sum) - x[label]) / counted;
    return exps.map((exp, j) => (exp / sum - Number(j === label)) / counted);
  });
  return {loss, gradient};
}

/** NaN where a value is none. */
async function distance(got: tf.Tensor, want: readonly number[]): Promise<number> {
  const values = await got.data();
  return Math.max(...want.map((value, i) => Math.abs(values[i] - value)));
}
