/** One mode on one shape: a first call that is looked at, then rounds of calls that are timed. */
import * as tf from '@tensorflow/tfjs';

import {descriptionOf} from '../test/backends';
import {type Answer, checkAgreement} from './agreement';
import type {ContestantName} from './contestant_names';
import {type Contestant, contestantsOn, ours} from './contestants';
import {type Costs, costsOf} from './costs';
import type {Mode} from './modes';
import type {Inputs} from './shapes';

/** Short calls repeat within a sample, so that the clock and the odd interrupt do not matter. */
const MIN_SAMPLE_MS = 100;

/** What V8 gets to optimize before the clock runs. */
const WARM_UP_MS = 200;

/** A page's clock ticks no finer. */
const TICK_MS = 0.1;

const MIN_ROUNDS = 3;
const MAX_ROUNDS = 101;
/** No further rounds that would take longer than this. */
const ROUNDS_MS = 15_000;

export interface Measurement extends Costs {
  /** The contestant's name. */
  readonly name: ContestantName;
  /** Milliseconds per call, of each sample. */
  readonly samples: readonly number[];
}

export interface Progress {
  /** So many steps more than known before. */
  expect(steps: number): void;
  step(): void;
}

export async function measure(
  mode: Mode,
  inputs: Inputs,
  progress: Progress,
): Promise<Measurement[]> {
  const contestants = contestantsOn(tf.getBackend());
  const {differ = []} = descriptionOf(tf.getBackend()).bench;
  progress.expect(contestants.length);
  const ourAnswer = await answerOf(ours, mode, inputs);
  const entrants = [];
  for (const contestant of contestants) {
    const {name, loss} = contestant;
    if (!differ.includes(name)) {
      checkAgreement(contestant, await answerOf(contestant, mode, inputs), ourAnswer);
    }
    const costs = costsOf(mode, loss, inputs);
    const run = (calls: number) => sample(() => mode(loss, inputs), calls);
    const first = Math.max(await run(1), TICK_MS);
    const callMs = first < WARM_UP_MS ? await run(Math.ceil(WARM_UP_MS / first)) : first;
    progress.step();
    entrants.push({name, ...costs, run, callMs, samples: [] as number[]});
  }

  const roundMs = entrants.reduce((sum, {callMs}) => sum + Math.max(callMs, MIN_SAMPLE_MS), 0);
  const rounds = Math.max(MIN_ROUNDS, Math.min(MAX_ROUNDS, Math.floor(ROUNDS_MS / roundMs)));
  progress.expect(rounds * contestants.length);
  for (let round = 0; round < rounds; round++) {
    // One after the other, so that a busy moment of the machine is everybody's.
    for (const {run, callMs, samples} of entrants) {
      globalThis.gc?.(); // Nobody pays for what another has left.
      samples.push(await run(Math.ceil(MIN_SAMPLE_MS / callMs)));
      progress.step();
    }
  }
  return entrants;
}

async function answerOf({loss}: Contestant, mode: Mode, inputs: Inputs): Promise<Answer> {
  const outcome = tf.tidy(() => ({...mode(loss, inputs)}));
  const answer = {
    loss: await outcome.loss.data(),
    gradient: await outcome.gradient?.data<'float32'>(),
  };
  tf.dispose([outcome.loss, outcome.gradient ?? []]);
  return answer;
}

/** Milliseconds per call. The last loss is read back: only then has a GPU done what it was told. */
async function sample(call: () => {loss: tf.Tensor}, calls: number): Promise<number> {
  const start = performance.now();
  for (let i = 1; i < calls; i++) tf.tidy(() => void call());
  const loss = tf.tidy(() => call().loss);
  await loss.data();
  const elapsed = performance.now() - start;
  loss.dispose();
  return elapsed / calls;
}
