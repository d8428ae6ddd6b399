/**
 * The case that tf.layers cannot learn, as a page meets it: 20,000 classes on webgl.
 *
 * tf.layers cuts probabilities off at an epsilon that it takes from the first backend it runs on, and
 * keeps: 1e-4 on webgl, to which test/helpers/setup.ts sees.
 */
import * as tf from '@tensorflow/tfjs';

import {compileSparse} from '../../src/layers';
import {describeBackend, withoutLeakCheckOfKernels} from '../helpers/backends';

const CLASSES = 20_000;
const EXAMPLES = 8;

async function lossesOf(
  activation: 'softmax' | 'linear',
  compile: (model: tf.Sequential, optimizer: tf.Optimizer) => void,
): Promise<number[]> {
  const model = tf.sequential();
  model.add(tf.layers.dense({units: CLASSES, inputShape: [EXAMPLES], kernelInitializer: 'zeros', activation})); // prettier-ignore
  const optimizer = tf.train.adam(4);
  compile(model, optimizer);
  const xs = tf.oneHot(tf.range(0, EXAMPLES, 1, 'int32'), EXAMPLES).toFloat();
  const ys = tf.tensor1d(Array.from({length: EXAMPLES}, (_, i) => 1 + i * 2345));
  const {history} = await model.fit(xs, ys, {verbose: 0, epochs: 12, batchSize: EXAMPLES});
  model.dispose();
  optimizer.dispose();
  return history.loss as number[];
}

describeBackend('webgl', 'tf.layers and a vocabulary of 20,000', () => {
  withoutLeakCheckOfKernels();

  it("stays at 9.21 with tf.layers' own loss, and is learned with ours", async () => {
    const theirs = await lossesOf('softmax', (model, optimizer) =>
      model.compile({optimizer, loss: 'sparseCategoricalCrossentropy'}),
    );
    for (const loss of theirs) expect(loss).toBeCloseTo(-Math.log(1e-4), 4); // 9.2103

    const ours = await lossesOf('linear', (model, optimizer) => compileSparse(model, {optimizer}));
    expect(ours[0]).toBeCloseTo(Math.log(CLASSES), 3); // 9.9035
    expect(ours.at(-1)).toBeLessThan(0.1);
  });
});
