/** Trains the language model off the page, which stays responsive. */
import * as tf from '@tensorflow/tfjs';
import {decode, encode} from 'gpt-tokenizer/encoding/r50k_base';

import {CONTEXT, LanguageModel} from '../examples/vocabulary/model.js';
import {start} from './backends';
import type {Answer, Live, Request, Settings} from './language_messages';
import {peakBytesOf} from './peak_memory';

/** Where the browser keeps a model: in IndexedDB. */
const SAVED = 'indexeddb://sparse-softmax-cross-entropy-model';
const SAMPLE_MS = 5000;
const SAMPLE_TOKENS = 24;
const PROMPT_TOKENS = 6;

const indexedDb = () => tf.io.getSaveHandlers(SAVED)[0];

const say = (answer: Answer) => self.postMessage(answer);

class Trainer {
  isOn = false;
  private lastSample = -Infinity;
  /** A step would change the weights that are being read. */
  private saving = Promise.resolve();

  constructor(
    private readonly model: LanguageModel,
    private readonly tokens: readonly number[],
    public live: Live,
  ) {}

  /** Steps until it is switched off, and a sample every few seconds. */
  async run(): Promise<void> {
    if (this.isOn) return;
    this.isOn = true;
    try {
      while (this.isOn) {
        await this.saving;
        await this.step();
        if (performance.now() - this.lastSample > SAMPLE_MS) {
          await this.sample();
          this.lastSample = performance.now();
        }
        await new Promise((resolve) => setTimeout(resolve)); // Lets messages in.
      }
    } finally {
      this.isOn = false;
    }
  }

  async sample(): Promise<void> {
    // The text's own beginning, which it should know best.
    const prompt = this.tokens.slice(0, PROMPT_TOKENS);
    const {temperature} = this.live;
    const written = await this.model.continuation(prompt, SAMPLE_TOKENS, temperature);
    say({kind: 'sample', prompt: decode(prompt), text: decode(written)});
  }

  async save(): Promise<void> {
    const artifacts = this.model.toArtifacts();
    this.saving = artifacts.then(
      () => {},
      () => {},
    );
    await indexedDb().save!(await artifacts);
    say({kind: 'saved', step: this.model.step});
  }

  private async step(): Promise<void> {
    const {tokensPerStep, withLogits} = this.live;
    const start = performance.now();
    const modelBytes = tf.memory().numBytes;
    let whenDone = Promise.resolve(NaN);
    const stepBytes = peakBytesOf(() => {
      whenDone = this.model.train(this.tokens, Math.floor(tokensPerStep / CONTEXT), {withLogits});
    });
    const loss = await whenDone;
    const tokensPerSecond = (1000 * tokensPerStep) / (performance.now() - start);
    say({kind: 'step', step: this.model.step, loss, tokensPerSecond, modelBytes, stepBytes});
  }
}

async function begin({backend, text, fromSaved, ...live}: Settings & {fromSaved: boolean}) {
  await start(backend);
  const tokens = encode(text);
  if (tokens.length < CONTEXT + 1) {
    throw new Error(`The text has ${tokens.length} tokens. It needs ${CONTEXT + 1} or more.`);
  }
  const model = new LanguageModel();
  if (fromSaved) await model.load(await indexedDb().load!());
  const trainer = new Trainer(model, tokens, live);
  say({kind: 'ready', textTokens: tokens.length, step: model.step});
  if (fromSaved) await trainer.sample();
  return trainer;
}

/** A backend takes time to start: what is asked meanwhile waits for the model. */
let trainer: Promise<Trainer> | undefined;

async function answer(request: Request): Promise<void> {
  if (request.kind === 'begin') trainer = begin(request);
  const current = await trainer;
  if (current === undefined) return;
  switch (request.kind) {
    case 'train':
      if (request.isOn) return current.run();
      current.isOn = false;
      return;
    case 'change':
      current.live = request;
      return;
    case 'save':
      return current.save();
  }
}

self.onmessage = async ({data}: MessageEvent<Request>) => {
  try {
    await answer(data);
  } catch (error) {
    say({kind: 'failed', message: error instanceof Error ? error.message : `${error}`});
  }
};
