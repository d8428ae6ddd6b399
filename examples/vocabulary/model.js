// A small language model over the 50,257 tokens of GPT-2: an embedding, one attention block, and a
// last layer whose logits are never all there at once. In Node and in the browser.
import * as tf from '@tensorflow/tfjs';
import {losses} from 'tfjs-sparse-softmax-cross-entropy';

export const VOCABULARY = 50257;
/** The model sees so many tokens at most, and guesses the one after each of them. */
export const CONTEXT = 32;
/** So many numbers stand for a token. */
const WIDTH = 24;
const LEARNING_RATE = 0.03;
/** Of Adam. On webgl tf.js would take 1e-4, which is more than most gradients of this model. */
const EPSILON = 1e-7;
/** `output` is [VOCABULARY, WIDTH], as the embedding is. */
const OUTPUT_FORM = {transposeKernel: true};
/**
 * Starts of examples step through the text by the golden ratio: spread evenly, never in a cycle.
 */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

export class LanguageModel {
  /** Steps of training done. */
  step = 0;
  examples = 0;
  optimizer = tf.train.adam(LEARNING_RATE, 0.9, 0.999, EPSILON);

  constructor() {
    let seed = 1;
    const normal = (rows, columns, deviation) =>
      tf.variable(tf.randomNormal([rows, columns], 0, deviation, 'float32', seed++));
    const matrix = (rows, columns) => normal(rows, columns, 1 / Math.sqrt(rows));
    /** The variables to train, save and load. */
    this.weights = {
      embedding: normal(VOCABULARY, WIDTH, 1),
      positions: normal(CONTEXT, WIDTH, 0.1),
      query: matrix(WIDTH, WIDTH),
      key: matrix(WIDTH, WIDTH),
      value: matrix(WIDTH, WIDTH),
      mix: matrix(WIDTH, WIDTH),
      up: matrix(WIDTH, 4 * WIDTH),
      down: matrix(4 * WIDTH, WIDTH),
      // Zeros: at first each token is as likely as any other, and the loss is ln 50257.
      output: tf.variable(tf.zeros([VOCABULARY, WIDTH])),
    };
  }

  /** int32 [batch, time] to what the last layer reads, float32 [batch * time, WIDTH]. */
  hidden(tokens) {
    const {embedding, positions, query, key, value, mix, up, down} = this.weights;
    const [batch, time] = tokens.shape;
    const rows = (x) => tf.reshape(x, [batch * time, WIDTH]);
    const examples = (x) => tf.reshape(x, [batch, time, WIDTH]);

    const codes = tf.add(lookUp(embedding, tokens), tf.slice(positions, 0, time));
    const seen = normalized(rows(codes));
    const [queries, keys, values] = [query, key, value].map((w) => examples(tf.matMul(seen, w)));
    const scores = tf.div(tf.matMul(queries, keys, false, true), Math.sqrt(WIDTH));
    const attended = tf.matMul(tf.softmax(tf.add(scores, future(time))), values);
    const x = tf.add(rows(codes), tf.matMul(rows(attended), mix));
    return normalized(tf.add(x, tf.matMul(tf.relu(tf.matMul(normalized(x), up)), down)));
  }

  /**
   * The mean loss in nats a token. `withLogits` makes all logits at once, to see what they cost.
   */
  loss({inputs, labels}, {withLogits = false} = {}) {
    const hidden = this.hidden(inputs);
    const {output} = this.weights;
    const flat = tf.reshape(labels, [-1]);
    return withLogits
      ? losses.sparseSoftmaxCrossEntropy(flat, tf.matMul(hidden, output, false, true))
      : losses.linearSparseSoftmaxCrossEntropy(flat, hidden, output, OUTPUT_FORM);
  }

  /**
   * One step on `batch` examples from the text, which is an array of tokens; resolves to its loss.
   */
  async train(text, batch, options) {
    const places = text.length - CONTEXT;
    const starts = Array.from({length: batch}, () =>
      Math.floor(((this.examples++ * GOLDEN) % 1) * places),
    );
    const weights = Object.values(this.weights);
    const meanLoss = () => this.loss(examplesAt(text, starts), options);
    const loss = tf.tidy(() => this.optimizer.minimize(meanLoss, true, weights));
    this.step++;
    const [value] = await loss.data();
    loss.dispose();
    return value;
  }

  /**
   * Over a whole text that is an array of tokens: the mean loss, whose exponential is the
   * perplexity, and the share of tokens that the model guesses.
   */
  evaluate(text) {
    const count = Math.floor((text.length - 1) / CONTEXT);
    const starts = Array.from({length: count}, (_, i) => i * CONTEXT);
    return tf.tidy(() => {
      const {inputs, labels} = examplesAt(text, starts);
      const flat = tf.reshape(labels, [-1]);
      const {loss, predictions} = losses.linearSparseSoftmaxCrossEntropyWithPredictions(
        flat,
        this.hidden(inputs),
        this.weights.output,
        OUTPUT_FORM,
      );
      const accuracy = tf.mean(tf.equal(flat, predictions));
      return {loss: loss.dataSync()[0], accuracy: accuracy.dataSync()[0]};
    });
  }

  /**
   * Continues `prompt` token by token. A temperature of 0 takes the likeliest token each time.
   */
  async continuation(prompt, count, temperature = 0) {
    const tokens = [...prompt];
    while (tokens.length < prompt.length + count) {
      const seen = tokens.slice(-CONTEXT);
      // Padded to one length: webgl compiles a program for each. No token sees those after it.
      const padded = [...seen, ...new Array(CONTEXT - seen.length).fill(0)];
      const logits = tf.tidy(() => {
        const hidden = this.hidden(tf.tensor2d([padded], undefined, 'int32'));
        const last = tf.slice(hidden, seen.length - 1, 1);
        return tf.matMul(last, this.weights.output, false, true);
      });
      tokens.push(draw(await logits.data(), temperature));
      logits.dispose();
    }
    return tokens.slice(prompt.length);
  }

  /**
   * As tf.io's handlers save it. With the optimizer's state, so that training goes on where it was.
   */
  async toArtifacts() {
    const state = await this.optimizer.getWeights();
    const tensors = [
      ...Object.entries(this.weights).map(([name, tensor]) => ({name, tensor})),
      ...state.map(({tensor}, i) => ({name: `optimizer/${i}`, tensor})),
    ];
    const {data, specs} = await tf.io.encodeWeights(tensors);
    const modelTopology = {step: this.step, examples: this.examples};
    return {modelTopology, weightSpecs: specs, weightData: data};
  }

  /** @param {import('@tensorflow/tfjs').io.ModelArtifacts} artifacts what `toArtifacts` made. */
  async load({modelTopology, weightSpecs, weightData}) {
    const tensors = tf.io.decodeWeights(weightData, weightSpecs);
    for (const [name, variable] of Object.entries(this.weights)) variable.assign(tensors[name]);
    const names = Object.keys(tensors).filter((name) => name.startsWith('optimizer/'));
    await this.optimizer.setWeights(names.map((name) => ({name, tensor: tensors[name]})));
    Object.assign(this, modelTopology);
    tf.dispose(tensors);
  }
}

/**
 * The rows of `matrix` for these tokens. The gradient of tf.gather would walk the whole vocabulary
 * for each token, and fails on wasm.
 */
function lookUp(matrix, tokens) {
  const lookUpRows = tf.customGrad((rows, save) => {
    save([tokens]);
    const gradFunc = (dy, [ids]) =>
      tf.scatterND(tf.reshape(ids, [-1, 1]), tf.reshape(dy, [-1, WIDTH]), [VOCABULARY, WIDTH]);
    return {value: tf.gather(rows, tokens), gradFunc};
  });
  return lookUpRows(matrix);
}

/** Rows of a mean square of 1. */
function normalized(x) {
  return tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), 1e-5)));
}

/** Added to attention scores, it hides later tokens from each token. */
function future(time) {
  const places = tf.range(0, time);
  const isLater = tf.greater(tf.expandDims(places, 0), tf.expandDims(places, 1));
  return tf.mul(tf.cast(isLater, 'float32'), -1e9);
}

function examplesAt(text, starts) {
  const slices = (shift) =>
    starts.map((start) => Array.from(text.slice(start + shift, start + shift + CONTEXT)));
  return {
    inputs: tf.tensor2d(slices(0), undefined, 'int32'),
    labels: tf.tensor2d(slices(1), undefined, 'int32'),
  };
}

/** A token, by softmax(logits / temperature). */
function draw(logits, temperature) {
  const largest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  if (temperature === 0) return logits.indexOf(largest);
  const shares = logits.map((logit) => Math.exp((logit - largest) / temperature));
  let rest = Math.random() * shares.reduce((a, b) => a + b, 0);
  const drawn = shares.findIndex((share) => (rest -= share) < 0);
  return drawn < 0 ? logits.indexOf(largest) : drawn;
}
