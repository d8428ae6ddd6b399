/** @tensorflow-models/speech-commands: a recognizer learns new words, and is then fine-tuned. */
import * as tf from '@tensorflow/tfjs';
import {create, Dataset} from 'client/dist/index.js';
import {losses} from 'tfjs-sparse-softmax-cross-entropy';

import {classIds, normals} from '../../../test/helpers/random';
import type {Program} from '../worker';

const [FRAMES, FREQUENCIES] = [43, 232];
const WORDS = ['a', 'b', 'c', 'd'];
/**
 * Less than a minute of sound, or the recognizer trains from a dataset that it prefetches: in
 * another order each time.
 */
const EXAMPLES = 56;
const BATCH = 14;
const FINE_TUNING_EPOCHS = 2;

export const program: Program = {
  async train(_settings, _variant, turn, steps) {
    const metadata = {wordLabels: Array.from({length: 20}, (_, i) => `word ${i}`)};
    const recognizer = create('BROWSER_FFT', undefined, await baseModel(), metadata);
    await recognizer.ensureModelLoaded();
    const transfer = recognizer.createTransfer('words');
    transfer.loadExamples(examples());

    const stepsAnEpoch = EXAMPLES / BATCH;
    const callback = {
      onBatchBegin: () => turn.begin(),
      onBatchEnd: (_: number, {loss}: tf.Logs) => turn.end(loss),
    };
    await transfer.train({
      epochs: steps / stepsAnEpoch - FINE_TUNING_EPOCHS,
      fineTuningEpochs: FINE_TUNING_EPOCHS,
      batchSize: BATCH,
      optimizer: 'adam',
      callback,
      fineTuningCallback: callback,
    });
  },

  async loss(_settings, variant) {
    const logits = tf.tensor2d(normals(BATCH * WORDS.length, 1, 0, 1), [BATCH, WORDS.length]);
    const labels = tf.tensor1d(classIds(BATCH, WORDS.length, 2), 'int32');
    const oneHot = tf.oneHot(labels, WORDS.length);
    const loss =
      variant === 'theirs'
        ? (x: tf.Tensor) => tf.mean(tf.metrics.categoricalCrossentropy(oneHot, tf.softmax(x)))
        : (x: tf.Tensor) => losses.sparseSoftmaxCrossEntropy(labels, x);
    return async () => {
      const {value, grad} = tf.valueAndGrad(loss)(logits);
      await value.data();
      tf.dispose([value, grad]);
    };
  },
};

/** The layers of the published model, which is not in the package, with random weights. */
async function baseModel() {
  const {conv2d, maxPooling2d, flatten, dropout, dense} = tf.layers;
  const relu = 'relu';
  const pool = () => maxPooling2d({poolSize: 2, strides: 2});
  const model = tf.sequential({
    layers: [
      conv2d({
        filters: 8,
        kernelSize: [2, 8],
        activation: relu,
        inputShape: [FRAMES, FREQUENCIES, 1],
      }),
      pool(),
      conv2d({filters: 32, kernelSize: [2, 4], activation: relu}),
      pool(),
      conv2d({filters: 32, kernelSize: [2, 4], activation: relu}),
      pool(),
      conv2d({filters: 32, kernelSize: [2, 4], activation: relu}),
      maxPooling2d({poolSize: [1, 2], strides: [1, 2]}),
      flatten(),
      dropout({rate: 0.25}),
      dense({units: 2000, activation: relu}),
      dropout({rate: 0.5}),
      dense({units: 20, activation: 'softmax'}),
    ],
  });
  let artifacts: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async (saved) => {
      artifacts = saved;
      return {modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(saved)};
    }),
  );
  return artifacts;
}

/** Noise, louder in the frequencies of the word. */
function examples(): ArrayBuffer {
  const dataset = new Dataset();
  for (let i = 0; i < EXAMPLES; i++) {
    const word = i % WORDS.length;
    const data = normals(FRAMES * FREQUENCIES, 1, 0, i);
    data.forEach((_, j) => {
      if (Math.floor((j % FREQUENCIES) / 58) === word) data[j] += 2;
    });
    dataset.addExample({label: WORDS[word], spectrogram: {data, frameSize: FREQUENCIES}});
  }
  return dataset.serialize();
}
