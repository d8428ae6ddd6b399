/** THE list: published programs that wrote their own cross entropy. */
import type {Client, Edit} from './client';

const IMPORT = `const { losses } = require('tfjs-sparse-softmax-cross-entropy')`;

const gptTrain = (find: string, replace: string): Edit => ({file: 'src/train.js', find, replace});
const requireTf = `const tf = require('@tensorflow/tfjs')`;
const theirLoss = 'loss = tf.keep(tf.losses.softmaxCrossEntropy(y, logits))';
const gptImport = gptTrain(requireTf, `${requireTf}\n${IMPORT}`);

export const gptTfjs: Client = {
  name: 'gpt-tfjs',
  packageSpec: 'gpt-tfjs@0.0.5',
  program: 'gpt_tfjs',
  runs: [
    {
      backend: 'tensorflow',
      settings: {batchSize: 8, blockSize: 128, vocabSize: 50257},
      size: '8 x 128 tokens, 50,257 classes',
    },
    {
      backend: 'wasm',
      settings: {batchSize: 2, blockSize: 64, vocabSize: 50257, freezesEmbeddings: true},
      size: '2 x 64 tokens, 50,257 classes, frozen embeddings',
    },
  ],
  edits: {
    ours: [
      gptImport,
      gptTrain(theirLoss, 'loss = tf.keep(losses.sparseSoftmaxCrossEntropy(y, logits))'),
    ],
    fused: [
      gptImport,
      gptTrain(
        'const optFunc = () => {',
        'const head = model.layers[model.layers.length - 1]\n' +
          '        const body = tf.model({inputs: model.inputs, outputs: head.input})\n' +
          '        const optFunc = () => {',
      ),
      gptTrain('const logits = model.apply(x)', 'const hidden = body.apply(x)'),
      gptTrain(
        theirLoss,
        'loss = tf.keep(losses.linearSparseSoftmaxCrossEntropy(y, hidden, head.kernel.read()))',
      ),
    ],
  },
  repairs: [{file: 'src/model.js', find: 'const posEmb =', replace: 'let posEmb ='}],
  linesOfCaller: 1,
};

const gptTfjsSort: Client = {
  ...gptTfjs,
  name: 'gpt-tfjs, its example sort',
  program: 'gpt_tfjs_sort',
  runs: [
    {
      backend: 'tensorflow',
      settings: {},
      size: '16 x 11 tokens, 3 classes',
      differs: 'theirs trains its padding',
    },
  ],
  edits: {
    ours: [
      gptImport,
      gptTrain(
        theirLoss,
        "loss = tf.keep(losses.sparseSoftmaxCrossEntropy(y, logits, {ignoreClass: -1, reduction: 'weighted_sum_over_batch_size'}))",
      ),
      {
        file: 'projects/sort/sort.js',
        find: "tf.oneHot(tf.cast(v.y, 'int32'), vocabSize)",
        replace: "tf.cast(v.y, 'int32')",
      },
    ],
  },
  linesOfCaller: 0,
};

const nanogptImport = (file: string, region: string): Edit => ({
  file,
  find: region,
  replace: `import { losses } from 'tfjs-sparse-softmax-cross-entropy';\n${region}`,
});

const nanogpt: Client = {
  name: '@genai-fi/nanogpt',
  packageSpec: '@genai-fi/nanogpt@1.3.0',
  program: 'nanogpt',
  runs: [
    {
      backend: 'cpu',
      settings: {batchSize: 2, blockSize: 16, vocabSize: 2000},
      size: '2 x 16 tokens, 2,000 classes',
    },
    {
      backend: 'cpu',
      settings: {batchSize: 2, blockSize: 16, vocabSize: 2000, isMasked: true},
      size: '2 x 16 tokens, half of them padding, 2,000 classes',
    },
    {
      backend: 'cpu',
      settings: {batchSize: 2, blockSize: 16, vocabSize: 2000, labelSmoothing: 0.1},
      size: '2 x 16 tokens, 2,000 classes, label smoothing 0.1',
      differs: 'their gradient is not of their loss',
    },
  ],
  edits: {
    ours: [
      nanogptImport('dist/training/loss.js', '//#region lib/training/loss.ts'),
      {
        file: 'dist/training/loss.js',
        find: 'return e(r, i, a && a > 0 ? a : void 0)(t, n);',
        replace:
          "return losses.sparseSoftmaxCrossEntropy(n, t, {ignoreClass: r ? 65535 : void 0, labelSmoothing: a, reduction: i ? 'none' : void 0});",
      },
    ],
    fused: [
      nanogptImport('dist/training/BasicTrainer.js', '//#region lib/training/BasicTrainer.ts'),
      {
        file: 'dist/training/BasicTrainer.js',
        find: 'ropePositionOffset: 0',
        replace: 'ropePositionOffset: 0, skipLogits: !0',
      },
      {
        file: 'dist/training/BasicTrainer.js',
        find: 'a = l(r, d, this.maskedLoss, !1, this._labelSmoothing);',
        replace:
          'a = losses.linearSparseSoftmaxCrossEntropy(d, r, this.model.getVariable("token_embedding"), {transposeKernel: true, ignoreClass: this.maskedLoss ? 65535 : void 0, labelSmoothing: this._labelSmoothing});',
      },
    ],
  },
  linesOfCaller: 0,
};

const recognizer = 'dist/browser_fft_recognizer.js';
const requireLayers = 'var tfl = require("@tensorflow/tfjs-layers");';

const speechCommands: Client = {
  name: '@tensorflow-models/speech-commands',
  packageSpec: '@tensorflow-models/speech-commands@0.5.4',
  program: 'speech_commands',
  runs: ['tensorflow', 'wasm'].map((backend) => ({
    backend,
    settings: {},
    size: '14 spectrograms, 4 words',
  })),
  edits: {
    ours: [
      {
        file: recognizer,
        find: requireLayers,
        replace: `${requireLayers}\nvar sparse = require("tfjs-sparse-softmax-cross-entropy/layers");`,
      },
      {
        file: recognizer,
        find: 'this.model.compile({',
        replace: 'sparse.compileSparse(this.model, {',
      },
      {
        file: recognizer,
        find: "loss: 'categoricalCrossentropy'",
        replace: 'loss: sparse.sparseCategoricalCrossentropy({fromLogits: false})',
      },
      {
        file: recognizer,
        find: 'ys.argMax(-1).dataSync()',
        replace: 'ys.dataSync()',
      },
      {
        file: 'dist/dataset.js',
        find: 'tf.squeeze(tf.oneHot([y], vocab.length), [0])',
        replace: "tf.scalar(y, 'int32')",
      },
      {
        file: 'dist/dataset.js',
        find: "tf.cast(tf.oneHot(tf.tensor1d(labelIndices, 'int32'), vocab.length), 'float32')",
        replace: "tf.tensor1d(labelIndices, 'int32')",
      },
      {
        file: 'dist/training_utils.js',
        find: 'tf.argMax(ys, -1).dataSync()',
        replace: 'ys.dataSync()',
      },
    ],
  },
  linesOfCaller: 0,
};

export const clients: readonly Client[] = [gptTfjs, gptTfjsSort, nanogpt, speechCommands];
