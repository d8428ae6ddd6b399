/** A process that trains one client with one loss, a step whenever its parent says so. */
import {createRequire} from 'node:module';
import path from 'node:path';

import * as tf from '@tensorflow/tfjs';

import {watchMemory} from '../../test/helpers/main_memory';
import {generator} from '../../test/helpers/random';
import type {Variant} from './client';

/** A client asks before each step, and tells its loss after it. */
export interface Turn {
  begin(): Promise<void>;
  end(loss: number): void;
}

export interface Program {
  /** Trains `steps` steps. */
  train(settings: object, variant: Variant, turn: Turn, steps: number): Promise<void>;
  /**
   * The loss and its gradient alone, at the sizes of a step. Undefined where the layer is fused.
   */
  loss(settings: object, variant: Variant): Promise<(() => Promise<void>) | undefined>;
}

/** The parent sends these. */
export type Request = 'step' | 'step and watch memory' | 'loss';

/** The worker answers so. */
export interface Reply {
  readonly loss?: number;
  readonly ms?: number;
  readonly peakBytes?: number;
}

/** @example node program.cjs BACKEND VARIANT STEPS SETTINGS */
export async function work(program: Program): Promise<void> {
  const [backend, variant, steps, json] = process.argv.slice(2);
  const settings = JSON.parse(json);
  Math.random = generator(2026); // Weights, and the order of examples.
  await start(backend);
  await program.train(settings, variant as Variant, turn, Number(steps));
  const loss = await program.loss(settings, variant as Variant);
  reply({}); // Trained.
  while ((await request()) === 'loss') {
    const start = performance.now();
    await loss?.();
    reply(loss ? {ms: performance.now() - start} : {});
  }
}

async function start(backend: string): Promise<void> {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  const load = createRequire(path.resolve('package.json'));
  if (backend === 'tensorflow') load('./.cache/tfjs-node/node_modules/@tensorflow/tfjs-node');
  if (backend === 'wasm') load('@tensorflow/tfjs-backend-wasm');
  tf.enableProdMode();
  if (!(await tf.setBackend(backend))) throw new Error(`${backend} does not start.`);
}

const reply = (message: Reply) => void process.send!(message);
const request = () => new Promise<Request>((resolve) => process.once('message', resolve));

let watched: ReturnType<typeof watchMemory> | undefined;
let started: number;

const turn: Turn = {
  async begin() {
    reply({});
    watched = (await request()) === 'step and watch memory' ? watchMemory() : undefined;
    started = performance.now();
  },
  end(loss) {
    const ms = performance.now() - started;
    watched?.end();
    reply({loss, ms, peakBytes: watched?.peakBytes()});
  },
};
