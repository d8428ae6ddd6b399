// Learns a passage by heart, token by token, with the whole vocabulary of GPT-2: 50,257 classes,
// integer labels, no one-hot anywhere. The model is in model.js.
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {Buffer} from 'node:buffer';
import {createRequire} from 'node:module';
import path from 'node:path';
import {URL} from 'node:url';

import * as tf from '@tensorflow/tfjs';
import cliProgress from 'cli-progress';
import {InvalidArgumentError, Option, program} from 'commander';
import {decodeGenerator, encode} from 'gpt-tokenizer/encoding/r50k_base';

import {CONTEXT, LanguageModel, VOCABULARY} from './model.js';

const EXAMPLES = 2; // So many a step, of CONTEXT tokens each.
const CONTINUATION = 60;

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

function parseTemperature(text) {
  const temperature = Number(text);
  if (text.trim() !== '' && temperature >= 0 && temperature < Infinity) return temperature;
  throw new InvalidArgumentError('It must be a number of 0 or more.');
}

const tokensOf = (name) => encode(readFileSync(new URL(name, import.meta.url), 'utf8'));
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
const perplexity = (loss) => Math.exp(loss).toPrecision(3);

/** In tf.js's own format: model.json, and the numbers in weights.bin. */
async function save(model, folder) {
  const {weightData, ...rest} = await model.toArtifacts();
  mkdirSync(folder, {recursive: true});
  writeFileSync(path.join(folder, 'weights.bin'), Buffer.from(weightData));
  writeFileSync(path.join(folder, 'model.json'), JSON.stringify(rest));
}

function load(model, folder) {
  const {buffer, byteOffset, byteLength} = readFileSync(path.join(folder, 'weights.bin'));
  const weightData = buffer.slice(byteOffset, byteOffset + byteLength);
  const rest = JSON.parse(readFileSync(path.join(folder, 'model.json'), 'utf8'));
  return model.load({...rest, weightData});
}

program
  .description('Learns the beginning of Moby-Dick by heart, with 50,257 classes.')
  .addOption(new Option('--backend <name>').choices(Object.keys(backends)).default('cpu'))
  .option('--epochs <number>', 'how often to read the text', parseEpochs, 8)
  .option('--prompt <text>', 'what it shall continue', 'Call me Ishmael.')
  .option('--temperature <number>', '0: always the likeliest token', parseTemperature, 0)
  .option('--save <folder>', 'where to keep the model')
  .option('--load <folder>', 'go on with a model that was kept')
  .parse();
const options = program.opts();

backends[options.backend]();
await tf.setBackend(options.backend);
const startTime = Date.now();
const [text, heldOut] = [tokensOf('loomings.txt'), tokensOf('held_out.txt')];
const model = new LanguageModel();
if (options.load !== undefined) await load(model, options.load);

console.log(`${text.length} tokens in the text, ${VOCABULARY} classes.`);
const stepsPerEpoch = Math.ceil(text.length / (EXAMPLES * CONTEXT));
const bar = new cliProgress.SingleBar({
  format: 'Training [{bar}] step {value}/{total} | loss {loss}',
  stream: process.stdout,
  noTTYOutput: true, // In a log: a line every two seconds.
});
bar.start(options.epochs * stepsPerEpoch, 0, {loss: '?'});
const firstLoss = await model.train(text, EXAMPLES);
bar.increment({loss: firstLoss.toFixed(4)});
for (let step = 2; step <= options.epochs * stepsPerEpoch; step++) {
  bar.increment({loss: (await model.train(text, EXAMPLES)).toFixed(4)});
  await tf.nextFrame(); // Lets the bar draw itself.
}
bar.stop();
if (options.save !== undefined) await save(model, options.save);

const final = model.evaluate(text);
/** Nats, perplexity and accuracy in words. */
const inWords = ({loss, accuracy}) =>
  `${loss.toFixed(4)} nats, perplexity ${perplexity(loss)}, ` +
  `${(100 * accuracy).toFixed(1)} % of the tokens guessed`;
console.log(`First loss: ${firstLoss.toFixed(4)} nats`);
console.log(`Final loss: ${inWords(final)}`);
console.log(`Held-out text: ${inWords(model.evaluate(heldOut))}`);
console.log(
  `Tensors: ${megabytes(tf.memory().numBytes)}, the model and the state of its optimizer`,
);
console.log(`Time: ${((Date.now() - startTime) / 1000).toFixed(1)} s\n`);

const written = await model.continuation(encode(options.prompt), CONTINUATION, options.temperature);
process.stdout.write(options.prompt);
for (const piece of decodeGenerator(written)) process.stdout.write(piece);
console.log(' ...');
if (options.load === undefined && !(final.loss < firstLoss)) {
  console.error('The loss has not fallen: something is broken.');
  process.exitCode = 1;
}
