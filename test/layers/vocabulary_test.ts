/**
 * A model that the loss of tf.layers cannot train. That loss clips probabilities to [epsilon, 1 -
 * epsilon], and has no gradient where it clips. On webgl with float32 textures, epsilon is 1e-4,
 * more than the share of each of 20,000 classes. Elsewhere it is 1e-7. The epsilon is that of the
 * first backend on which tf.layers runs. In the browser that is webgl: test/helpers/setup.ts.
 */
import * as tf from '@tensorflow/tfjs';

import {compileSparse} from '../../src/layers';
import {describeEachBackend, withoutLeakCheckOfKernels} from '../helpers/backends';

const CLASSES = 20_000;
const EXAMPLES = 4;

/** Examples that a model with one weight a class tells apart. */
function examples(): {xs: tf.Tensor2D; ys: tf.Tensor1D} {
  const ys = Array.from({length: EXAMPLES}, (_, i) => 1 + i * 2345);
  return {
    xs: tf.oneHot(tf.range(0, EXAMPLES, 1, 'int32'), EXAMPLES).toFloat() as tf.Tensor2D,
    ys: tf.tensor1d(ys),
  };
}

/** At its start, all logits of the model are 0 except that of class 0. */
function vocabularyModel(logitOfClass0: number, activation?: 'softmax'): tf.Sequential {
  const model = tf.sequential();
  const layer = {units: CLASSES, inputShape: [EXAMPLES], activation};
  model.add(tf.layers.dense({...layer, useBias: false, kernelInitializer: 'zeros'}));
  const kernel = tf.buffer([EXAMPLES, CLASSES]);
  for (let i = 0; i < EXAMPLES; i++) kernel.set(logitOfClass0, i, 0);
  tf.tidy(() => model.setWeights([kernel.toTensor()]));
  return model;
}

/** The loss of each epoch, and whether any weight moved. */
async function train(
  model: tf.Sequential,
  epochs: number,
): Promise<{losses: number[]; moved: boolean}> {
  const {xs, ys} = examples();
  const before = model.getWeights().map((weight) => weight.clone());
  const {history} = await model.fit(xs, ys, {verbose: 0, epochs, batchSize: EXAMPLES});
  const moves = model.getWeights().map((weight, i) => tf.max(tf.abs(tf.sub(weight, before[i]))));
  const moved = (await tf.stack(moves).data()).some((move) => move > 0);
  return {losses: history.loss.map(Number), moved};
}

describeEachBackend('a vocabulary of 20,000', (backendName) => {
  withoutLeakCheckOfKernels();

  // Those where tf.layers clips at 1e-7 and at 1e-4 learn both, the others what is harder.
  const isOfBothEpsilons = ['cpu', 'webgl'].includes(backendName);
  const starts = [
    ['sure of a wrong class', 40],
    ['knowing nothing', 0],
  ] as const;
  for (const [start, logitOfClass0] of isOfBothEpsilons ? starts : starts.slice(0, 1)) {
    it(`is learned, ${start}`, async () => {
      const model = vocabularyModel(logitOfClass0);
      const optimizer = tf.train.adam(10);
      compileSparse(model, {optimizer});
      const {losses, moved} = await train(model, 6);
      expect(losses[0]).toBeCloseTo(Math.log(Math.exp(logitOfClass0) + CLASSES - 1), 4);
      expect(moved).toBeTrue();
      expect(losses.at(-1)).toBeLessThan(0.1);
      optimizer.dispose();
      model.dispose();
    });
  }

  if (!isOfBothEpsilons) return;

  it('is not learned with the loss of tf.layers by a model that is sure of a wrong class', async () => {
    const model = vocabularyModel(40, 'softmax');
    const optimizer = tf.train.adam(4);
    model.compile({optimizer, loss: 'sparseCategoricalCrossentropy'});
    const {losses, moved} = await train(model, 3);
    const [first] = losses;
    expect(moved).toBeFalse();
    expect(losses.at(-1)).toBe(first);
    // -ln(epsilon): 9.21 for 1e-4, 16.12 for 1e-7.
    expect([9.21, 16.12].some((clipped) => Math.abs(first - clipped) < 0.01)).toBeTrue();
    optimizer.dispose();
    model.dispose();
  });

  if (backendName !== 'webgl') return;

  it('stays at 9.21 with the loss of tf.layers, from equal logits', async () => {
    const model = vocabularyModel(0, 'softmax');
    const optimizer = tf.train.adam(4);
    model.compile({optimizer, loss: 'sparseCategoricalCrossentropy'});
    const {losses, moved} = await train(model, 3);
    for (const loss of losses) expect(loss).toBeCloseTo(-Math.log(1e-4), 4); // 9.2103
    expect(moved).toBeFalse();
    optimizer.dispose();
    model.dispose();
  });
});
