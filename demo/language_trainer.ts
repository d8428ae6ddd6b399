import * as tf from '@tensorflow/tfjs';
import {decode} from 'gpt-tokenizer/encoding/r50k_base';

import {CONTEXT, type LanguageModel} from '../examples/vocabulary/model.js';
import type {Answer, Live, StepReport} from './language_messages';
import {peakBytesOf} from '../test/helpers/peak_memory';
import {saveModel} from './saved_model';

/** So long from sample to sample, or longer: they take at most a quarter of the time. */
const SAMPLE_MS = 5000;
const MAX_SHARE_OF_SAMPLES = 1 / 4;
const SAMPLE_TOKENS = 24;
const PROMPT_TOKENS = 6;

/** The text that a model learns, its backend, and its steps so far. */
export interface TrainingRecord {
  readonly backend: string;
  readonly text: string;
  readonly tokens: readonly number[];
  readonly reports: StepReport[];
}

/** A language model in training, which tells what it does. */
export class LanguageTrainer {
  isOn = false;
  private nextSample = -Infinity;
  private stepping: Promise<unknown> = Promise.resolve();
  /** A step would change the weights that are being read. */
  private reading: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly model: LanguageModel,
    readonly record: TrainingRecord,
    public live: Live,
    private readonly say: (answer: Answer) => void,
  ) {}

  /** Steps until it is switched off, and a sample every few seconds. */
  async run(): Promise<void> {
    if (this.isOn) return;
    this.isOn = true;
    try {
      while (this.isOn) {
        await this.reading;
        await (this.stepping = this.step());
        const start = performance.now();
        if (start > this.nextSample) {
          await this.sample();
          const sampleMs = performance.now() - start;
          this.nextSample = start + Math.max(SAMPLE_MS, sampleMs / MAX_SHARE_OF_SAMPLES);
        }
        await new Promise((resolve) => setTimeout(resolve)); // Lets messages in.
      }
    } finally {
      this.isOn = false;
    }
  }

  async sample(): Promise<void> {
    // The text's own beginning, which it should know best.
    const prompt = this.record.tokens.slice(0, PROMPT_TOKENS);
    const {temperature} = this.live;
    const written = await this.model.continuation(prompt, SAMPLE_TOKENS, temperature);
    this.say({kind: 'sample', prompt: decode(prompt), text: decode(written)});
  }

  /** Between two steps; training goes on as soon as the weights are read. */
  async save(): Promise<void> {
    const reading = this.stepping.then(() => this.model.toArtifacts());
    this.reading = reading.catch(() => {}); // It is awaited below.
    const artifacts = await reading;
    const {backend, text, reports} = this.record;
    await saveModel(artifacts, {backend, text, reports: [...reports]});
    this.say({kind: 'saved', step: artifacts.modelTopology.step});
  }

  private async step(): Promise<void> {
    const {tokensPerStep, withLogits} = this.live;
    const start = performance.now();
    const modelBytes = tf.memory().numBytes;
    let whenDone = Promise.resolve(NaN);
    const stepBytes = peakBytesOf(() => {
      whenDone = this.model.train(this.record.tokens, Math.floor(tokensPerStep / CONTEXT), {
        withLogits,
      });
    });
    const loss = await whenDone;
    const tokensPerSecond = (1000 * tokensPerStep) / (performance.now() - start);
    const report = {step: this.model.step, loss, tokensPerSecond, modelBytes, stepBytes};
    this.record.reports.push(report);
    this.say({kind: 'step', ...report});
  }
}
