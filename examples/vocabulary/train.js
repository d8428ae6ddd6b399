// Learns a passage by heart, token by token, with the whole vocabulary of GPT-2: 50,257 classes,
// integer labels, no one-hot anywhere.
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {URL} from 'node:url';

import * as tf from '@tensorflow/tfjs';
import cliProgress from 'cli-progress';
import {Option, program} from 'commander';
import {
  decodeGenerator,
  encode,
  vocabularySize as VOCABULARY,
} from 'gpt-tokenizer/encoding/r50k_base';

import {CONTEXT, createModel} from './model.js';

const TEXT = new URL('./loomings.txt', import.meta.url);
const PROMPT = 'Call me Ishmael.';
const CONTINUATION = 60;

const BATCH_SIZE = 64;
const LEARNING_RATE = 0.05;

/** How to load each backend. */
const backends = {
  cpu: () => {}, // Comes with @tensorflow/tfjs.
  // As scripts/install_tfjs_node.sh leaves it.
  tensorflow: () => {
    const require = createRequire(import.meta.url);
    require('../../.cache/tfjs-node/node_modules/@tensorflow/tfjs-node');
  },
};

/** Every place of the text: `{contexts: int32 [n, CONTEXT], labels: int32 [n]}`. */
function toTensors(tokens) {
  const labels = tokens.slice(CONTEXT);
  const contexts = labels.map((_, place) => tokens.slice(place, place + CONTEXT));
  return {
    contexts: tf.tensor2d(contexts, undefined, 'int32'),
    labels: tf.tensor1d(labels, 'int32'),
  };
}

const meanLoss = (model, {contexts, labels}) => model.loss(contexts, labels);

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
    const logits = () => model.logits(tf.tensor2d([context], undefined, 'int32'));
    const [next] = tf.tidy(() => tf.argMax(logits(), -1).dataSync());
    yield next;
    context = [...context.slice(1), next];
  }
}

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

program
  .description('Learns the beginning of Moby-Dick by heart, with 50,257 classes.')
  .addOption(new Option('--backend <name>').choices(Object.keys(backends)).default('cpu'))
  .option('--epochs <number>', 'how often to read the text', Number, 7)
  .parse();
const {backend, epochs} = program.opts();

backends[backend]();
await tf.setBackend(backend);
const startTime = Date.now();
const data = toTensors(encode(readFileSync(TEXT, 'utf8')));
const model = createModel(VOCABULARY);
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
