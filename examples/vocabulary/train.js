// Learns a passage by heart, token by token, with the whole vocabulary of GPT-2: 50,257 classes,
// integer labels, no one-hot anywhere.
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {URL} from 'node:url';

import * as tf from '@tensorflow/tfjs';
import cliProgress from 'cli-progress';
import {InvalidArgumentError, Option, program} from 'commander';
import {
  decodeGenerator,
  encode,
  vocabularySize as VOCABULARY,
} from 'gpt-tokenizer/encoding/r50k_base';
import {losses} from 'tfjs-sparse-softmax-cross-entropy';

const TEXT = new URL('./loomings.txt', import.meta.url);
const PROMPT = 'Call me Ishmael.';
const CONTINUATION = 60;

const CONTEXT = 3; // The model sees so many tokens and guesses the next one.
const EMBEDDING = 32;
const HIDDEN = 24;
const BATCH_SIZE = 64;
const LEARNING_RATE = 0.05;

/** How to load each backend. */
const backends = {
  cpu: () => {}, // Comes with @tensorflow/tfjs.
  // As scripts/install_tfjs_node.sh leaves it.
  tensorflow: () => {
    const require = createRequire(import.meta.url);
    try {
      require('../../.cache/tfjs-node/node_modules/@tensorflow/tfjs-node');
    } catch (error) {
      if (error.code !== 'MODULE_NOT_FOUND') throw error;
      program.error(
        'The tensorflow backend needs tfjs-node, which is not installed yet. This installs it into ' +
          '.cache, with up to 270 MB to download:\n\n    bash scripts/install_tfjs_node.sh\n',
      );
    }
  },
};

function parseEpochs(text) {
  const epochs = Number(text);
  if (Number.isInteger(epochs) && epochs >= 1) return epochs;
  throw new InvalidArgumentError('It must be a whole number of 1 or more.');
}

/** Every place of the text: `{contexts: int32 [n, CONTEXT], labels: int32 [n]}`. */
function toTensors(tokens) {
  const labels = tokens.slice(CONTEXT);
  const contexts = labels.map((_, place) => tokens.slice(place, place + CONTEXT));
  return {
    contexts: tf.tensor2d(contexts, undefined, 'int32'),
    labels: tf.tensor1d(labels, 'int32'),
  };
}

function createModel() {
  const normal = (rows, columns, seed) =>
    tf.randomNormal([rows, columns], 0, 1 / Math.sqrt(rows), 'float32', seed);
  // Random, and not trained: tf.js's gradient of tf.gather walks the whole vocabulary. What the
  // codes lack, `hidden` learns.
  const embedding = tf.randomNormal([VOCABULARY, EMBEDDING], 0, 1, 'float32', 1);
  const hidden = tf.variable(normal(CONTEXT * EMBEDDING, HIDDEN, 2));
  // Zeros: at first each token is as likely as any other, and the loss is ln 50257.
  const output = tf.variable(tf.zeros([HIDDEN, VOCABULARY]));
  /** int32 [n, CONTEXT] to logits, float32 [n, VOCABULARY]. */
  return (contexts) => {
    const codes = tf.reshape(tf.gather(embedding, contexts), [-1, CONTEXT * EMBEDDING]);
    return tf.matMul(tf.relu(tf.matMul(codes, hidden)), output);
  };
}

const meanLoss = (model, {contexts, labels}) =>
  losses.sparseSoftmaxCrossEntropy(labels, model(contexts));

/** The places in a new order, sorted by random keys because tf.util.shuffle takes no seed. */
function shuffle({contexts, labels}, seed) {
  const keys = tf.randomUniform(labels.shape, 0, 1, 'float32', seed);
  const order = tf.topk(keys, labels.size).indices;
  return {contexts: tf.gather(contexts, order), labels: tf.gather(labels, order)};
}

function batchAt({contexts, labels}, start) {
  const size = Math.min(BATCH_SIZE, labels.size - start);
  return {contexts: tf.slice(contexts, start, size), labels: tf.slice(labels, start, size)};
}

/** After `tokens`, the token that the model finds likeliest, and the one after that, and on. */
function* continuation(model, tokens) {
  let context = tokens.slice(-CONTEXT);
  for (let i = 0; i < CONTINUATION; i++) {
    const logits = () => model(tf.tensor2d([context], undefined, 'int32'));
    const [next] = tf.tidy(() => tf.argMax(logits(), -1).dataSync());
    yield next;
    context = [...context.slice(1), next];
  }
}

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

program
  .description('Learns the beginning of Moby-Dick by heart, with 50,257 classes.')
  .addOption(new Option('--backend <name>').choices(Object.keys(backends)).default('cpu'))
  .option('--epochs <number>', 'how often to read the text', parseEpochs, 7)
  .parse();
const {backend, epochs} = program.opts();

backends[backend]();
await tf.setBackend(backend);
const startTime = Date.now();
const data = toTensors(encode(readFileSync(TEXT, 'utf8')));
const model = createModel();
const optimizer = tf.train.adam(LEARNING_RATE);

const places = data.labels.size;
console.log(`${places} places in the text, ${VOCABULARY} classes.`);
const bar = new cliProgress.SingleBar({
  format: 'Training [{bar}] step {value}/{total} | loss {loss}',
  stream: process.stdout,
  noTTYOutput: true, // In a log: a line every two seconds.
});
bar.start(epochs * Math.ceil(places / BATCH_SIZE), 0, {loss: '?'});
const stepLosses = [];
for (let epoch = 1; epoch <= epochs; epoch++) {
  const shuffled = tf.tidy(() => shuffle(data, epoch));
  for (let start = 0; start < places; start += BATCH_SIZE) {
    const step = () => optimizer.minimize(() => meanLoss(model, batchAt(shuffled, start)), true);
    const [loss] = tf.tidy(() => step().dataSync());
    stepLosses.push(loss);
    bar.increment({loss: loss.toFixed(4)});
    await tf.nextFrame(); // Lets the bar draw itself.
  }
  tf.dispose(shuffled);
}
bar.stop();

const [finalLoss] = tf.tidy(() => meanLoss(model, data).dataSync());
console.log(`First loss: ${stepLosses[0].toFixed(4)} nats`);
console.log(`Final loss: ${finalLoss.toFixed(4)} nats`);
console.log(
  `Tensors: ${megabytes(tf.memory().numBytes)}, the model and the state of its optimizer`,
);
console.log(
  `Labels: ${4 * places} bytes; one-hot they would take ${megabytes(4 * places * VOCABULARY)}`,
);
console.log(`Time: ${((Date.now() - startTime) / 1000).toFixed(1)} s\n`);

process.stdout.write(PROMPT);
for (const text of decodeGenerator(continuation(model, encode(PROMPT)))) process.stdout.write(text);
console.log(' ...');
if (!(finalLoss < stepLosses[0])) {
  console.error('The loss has not fallen: something is broken.');
  process.exitCode = 1;
}
