/** 'accuracy' beside an ignoreClass, over several batches: the share of all counted targets. */
import * as tf from '@tensorflow/tfjs';

import {compileSparse, sparseCategoricalCrossentropy} from '../../src/layers';
import {describeBackend, describeEachBackend, withoutLeakCheckOfKernels} from '../helpers/backends';
import {holdsLabelsInMemory} from '../helpers/bad_labels';

const CLASSES = 3;
const IGNORED = -1;

/** Batches of 3 with 3, 0, 1 and 1 counted targets; of these 2, 0, 0 and 1 are hit. */
const GUESSES = [0, 1, 2, 0, 0, 0, 1, 1, 1, 2];
const TARGETS = [0, 1, 1, -1, -1, -1, 0, -1, -1, 2];
const ACCURACY = 3 / 5;
const OF_BATCHES = [2 / 3, 0, 0, 1];

/** One-hot rows, of which the model below makes logits as they are. */
function oneHot(guesses: number[]): tf.Tensor2D {
  return tf.cast(tf.oneHot(tf.tensor1d(guesses, 'int32'), CLASSES), 'float32') as tf.Tensor2D;
}

function identity(): tf.Sequential {
  const model = tf.sequential();
  const kernelInitializer = tf.initializers.identity({});
  model.add(tf.layers.dense({units: CLASSES, inputShape: [CLASSES], kernelInitializer}));
  return model;
}

/** A model that never learns, so that each pass has the same answer. */
function compiled(model: tf.LayersModel = identity()): tf.LayersModel {
  const loss = sparseCategoricalCrossentropy({ignoreClass: IGNORED});
  compileSparse(model, {optimizer: 'sgd', loss, metrics: ['accuracy']});
  (model.optimizer as tf.SGDOptimizer).setLearningRate(0);
  return model;
}

const examples = () => ({xs: oneHot(GUESSES), ys: tf.tensor1d(TARGETS, 'int32')});

function dataset(): tf.data.Dataset<tf.TensorContainerObject> {
  const rows = GUESSES.map((guess, i) => ({
    xs: [0, 1, 2].map((k) => Number(k === guess)),
    ys: TARGETS[i],
  }));
  return tf.data.array(rows).batch(3) as tf.data.Dataset<tf.TensorContainerObject>;
}

async function accuracyIn(logs: tf.Scalar | tf.Scalar[]): Promise<number> {
  return (await (logs as tf.Scalar[])[1].data())[0];
}

describeEachBackend("'accuracy' over several batches", () => {
  withoutLeakCheckOfKernels();

  it('is 1 in evaluate if every counted guess is right', async () => {
    const model = compiled();
    const evaluated = model.evaluate(oneHot([0, 1, 0, 1]), tf.tensor1d([0, 1, -1, -1], 'int32'), {
      batchSize: 2,
    });
    expect(await accuracyIn(evaluated)).toBe(1);
    model.dispose();
  });

  it('is the share of all counted targets in evaluate, fit and its validation', async () => {
    const model = compiled();
    const {xs, ys} = examples();
    expect(await accuracyIn(model.evaluate(xs, ys, {batchSize: 3}))).toBeCloseTo(ACCURACY, 6);
    const {history} = await model.fit(xs, ys, {
      verbose: 0,
      batchSize: 3,
      epochs: 2,
      validationData: [xs, ys],
    });
    for (const accuracy of [...history.acc, ...history.val_acc]) {
      expect(accuracy as number).toBeCloseTo(ACCURACY, 6);
    }
    model.dispose();
  });
});

describeBackend('cpu', "'accuracy' over several batches, whatever the backend,", () => {
  it('is the same in fitDataset, its validation and evaluateDataset', async () => {
    const model = compiled();
    expect(await accuracyIn(await model.evaluateDataset(dataset(), {}))).toBeCloseTo(ACCURACY, 6);
    const {xs, ys} = examples();
    for (const validationData of [dataset(), [xs, ys] as [tf.Tensor, tf.Tensor]]) {
      const {history} = await model.fitDataset(dataset(), {verbose: 0, epochs: 2, validationData});
      for (const accuracy of [...history.acc, ...history.val_acc]) {
        expect(accuracy as number).toBeCloseTo(ACCURACY, 6);
      }
    }
    model.dispose();
  });

  it('is that of the held out examples with validationSplit', async () => {
    const model = compiled();
    const {xs, ys} = examples();
    const {history} = await model.fit(xs, ys, {verbose: 0, batchSize: 2, validationSplit: 0.4});
    expect(history.acc[0] as number).toBeCloseTo(2 / 3, 6); // The first 6 targets.
    expect(history.val_acc[0] as number).toBeCloseTo(1 / 2, 6);
    model.dispose();
  });

  it('is 0 if no target is counted', async () => {
    const model = compiled();
    const none = tf.fill([4], IGNORED, 'int32');
    const evaluated = model.evaluate(oneHot([0, 1, 2, 0]), none, {batchSize: 2});
    expect(await accuracyIn(evaluated)).toBe(0);
    model.dispose();
  });

  it('reaches callbacks of every kind; logs of batches keep the average of tf.layers', async () => {
    /** A field that a proxy does not have. */
    class Recorder extends tf.Callback {
      readonly #epochs: number[] = [];
      override onEpochEnd(_epoch: number, logs?: tf.Logs): Promise<void> {
        this.#epochs.push(logs?.acc as number);
        return Promise.resolve();
      }
      get epochs(): number[] {
        return this.#epochs;
      }
    }
    const batches: number[] = [];
    const epochs: number[] = [];
    const functions = {
      onBatchEnd: (_batch: number, logs?: tf.Logs) => void batches.push(logs?.acc as number),
      onEpochEnd: (_epoch: number, logs?: tf.Logs) => void epochs.push(logs?.acc as number),
    };
    const more = {onEpochEnd: functions.onEpochEnd};
    const recorder = new Recorder();
    const {xs, ys} = examples();
    for (const callbacks of [functions, [functions, more], recorder, [recorder], []]) {
      const model = compiled();
      const options = {verbose: 0, batchSize: 3, shuffle: false, callbacks};
      const {history} = await model.fit(xs, ys, options);
      expect(history.acc[0] as number).toBeCloseTo(ACCURACY, 6);
      model.dispose();
    }
    await expectAsync(tf.tensor1d(batches)).toBeAllClose([...OF_BATCHES, ...OF_BATCHES], {
      absolute: 1e-6,
    });
    expect(epochs.length).toBe(3);
    expect(recorder.epochs.length).toBe(2);
    for (const accuracy of [...epochs, ...recorder.epochs]) {
      expect(accuracy).toBeCloseTo(ACCURACY, 6);
    }
  });

  it('stops early where it should', async () => {
    const model = compiled();
    const {xs, ys} = examples();
    const stop = tf.callbacks.earlyStopping({monitor: 'val_acc', mode: 'max'});
    const options = {verbose: 0, epochs: 9, batchSize: 3, callbacks: stop};
    const {history} = await model.fit(xs, ys, {...options, validationData: [xs, ys]});
    expect(history.val_acc.length).toBe(2); // The second is no better than the first.
    model.dispose();
  });

  it('is not disturbed by an evaluation within an epoch', async () => {
    const model = compiled();
    const {xs, ys} = examples();
    const within: number[] = [];
    const onBatchEnd = async () => {
      within.push(await accuracyIn(model.evaluate(xs, ys, {batchSize: 4})));
    };
    const options = {verbose: 0, batchSize: 3, callbacks: {onBatchEnd}};
    const {history} = await model.fit(xs, ys, options);
    for (const accuracy of [...within, history.acc[0] as number]) {
      expect(accuracy).toBeCloseTo(ACCURACY, 6);
    }
    model.dispose();
  });

  it('is that of each output, whatever the others ignore', async () => {
    const inputs = tf.input({shape: [CLASSES]});
    const kernelInitializer = tf.initializers.identity({});
    const outputs = ['a', 'b', 'c'].map(
      (name) =>
        tf.layers
          .dense({units: CLASSES, name, kernelInitializer})
          .apply(inputs) as tf.SymbolicTensor,
    );
    const model = tf.model({inputs, outputs});
    const ignoring = (ignoreClass: number) => sparseCategoricalCrossentropy({ignoreClass});
    compileSparse(model, {
      optimizer: 'sgd',
      loss: [ignoring(-1), 'meanSquaredError', ignoring(1)],
      metrics: {a: 'accuracy', b: ['mse', 'mae'], c: ['ce', 'acc']},
    });
    (model.optimizer as tf.SGDOptimizer).setLearningRate(0);
    const {xs, ys} = examples();
    const ofC = tf.tensor1d([0, 1, 1, 1, 1, 1, 0, 2, 2, 2], 'int32'); // 1 is ignored.
    const {history} = await model.fit(xs, [ys, xs, ofC], {verbose: 0, batchSize: 3});
    expect(history.a_acc[0] as number).toBeCloseTo(ACCURACY, 6);
    expect(history.c_acc[0] as number).toBeCloseTo(2 / 5, 6);
    // tf.layers puts the total after each output before what metricsNames names.
    const evaluated = model.evaluate(xs, [ys, xs, ofC], {batchSize: 3}) as tf.Scalar[];
    for (const [name, want] of Object.entries({a_acc: ACCURACY, c_acc: 2 / 5})) {
      const accuracy = evaluated[2 + model.metricsNames.indexOf(name)];
      expect((await accuracy.data())[0])
        .withContext(name)
        .toBeCloseTo(want, 6);
    }
    model.dispose();
  });

  it('is that of the last compilation of the model', async () => {
    const model = identity();
    const {xs, ys} = examples();
    for (let i = 0; i < 3; i++) {
      compiled(model);
      expect(await accuracyIn(model.evaluate(xs, ys, {batchSize: 3}))).toBeCloseTo(ACCURACY, 6);
      model.optimizer.dispose();
    }
    model.compile({optimizer: 'sgd', loss: 'meanSquaredError', metrics: ['accuracy']});
    const evaluated = model.evaluate(xs, xs, {batchSize: 3});
    expect(await accuracyIn(evaluated)).toBe(1);
    const {history} = await model.fit(xs, xs, {verbose: 0, batchSize: 3});
    expect(history.acc[0] as number).toBe(1);
    model.dispose();
  });

  it('starts again after a pass that failed', async () => {
    const model = compiled();
    const {xs, ys} = examples();
    expect(holdsLabelsInMemory()).toBeTrue();
    const bad = tf.tensor1d([...TARGETS.slice(0, -1), CLASSES], 'int32'); // In the last batch.
    expect(() => model.evaluate(xs, bad, {batchSize: 3})).toThrowError(/label value of 3/);
    expect(await accuracyIn(model.evaluate(xs, ys, {batchSize: 3}))).toBeCloseTo(ACCURACY, 6);
    const wrong = tf.tensor2d(TARGETS.slice(0, 4), [2, 2], 'int32');
    await expectAsync(model.fit(xs, wrong, {verbose: 0})).toBeRejected();
    const {history} = await model.fit(xs, ys, {verbose: 0, batchSize: 3});
    expect(history.acc[0] as number).toBeCloseTo(ACCURACY, 6);
    model.dispose();
  });

  it('is that of the batch in trainOnBatch', async () => {
    const model = compiled();
    const {xs, ys} = examples();
    const [, accuracy] = (await model.trainOnBatch(xs, ys)) as number[];
    expect(accuracy).toBeCloseTo(ACCURACY, 6);
    model.dispose();
  });
});
