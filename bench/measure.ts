/** One mode on one shape: a first call that is looked at, then rounds of calls that are timed. */
import * as tf from '@tensorflow/tfjs';

import {type Answer, checkAgreement} from './agreement';
import {type Contestant, contestantsOn, ours} from './contestants';
import {type Costs, costsOf} from './costs';
import type {Mode} from './modes';
import type {Inputs} from './shapes';

/** Short calls repeat within a sample, so that the clock and the odd interrupt do not matter. */
const MIN_SAMPLE_MS = 100;

/** What V8 gets to optimize before the clock runs. */
const WARM_UP_MS = 200;

const MIN_ROUNDS = 3;
const MAX_ROUNDS = 101;
/** No further rounds that would take longer than this. */
const ROUNDS_MS = 15_000;

export interface Measurement extends Costs {
  /** The contestant's name. */
  readonly name: string;
  /** Milliseconds per call, of each sample. */
  readonly samples: readonly number[];
}

export interface Progress {
  /** So many steps more than known before. */
  expect(steps: number): void;
  step(): void;
}

export function measure(mode: Mode, inputs: Inputs, progress: Progress): Measurement[] {
  const contestants = contestantsOn(tf.getBackend());
  progress.expect(contestants.length);
  const ourAnswer = answerOf(ours, mode, inputs);
  const entrants = contestants.map((contestant) => {
    const {name, loss} = contestant;
    if (contestant.differsOn !== tf.getBackend()) {
      checkAgreement(contestant, answerOf(contestant, mode, inputs), ourAnswer);
    }
    const costs = costsOf(mode, loss, inputs);
    const run = (calls: number) => sample(() => mode(loss, inputs), calls);
    const first = run(1);
    const callMs = first < WARM_UP_MS ? run(Math.ceil(WARM_UP_MS / first)) : first;
    progress.step();
    return {name, ...costs, run, callMs, samples: [] as number[]};
  });

  const roundMs = entrants.reduce((sum, {callMs}) => sum + Math.max(callMs, MIN_SAMPLE_MS), 0);
  const rounds = Math.max(MIN_ROUNDS, Math.min(MAX_ROUNDS, Math.floor(ROUNDS_MS / roundMs)));
  progress.expect(rounds * contestants.length);
  for (let round = 0; round < rounds; round++) {
    // One after the other, so that a busy moment of the machine is everybody's.
    for (const {run, callMs, samples} of entrants) {
      globalThis.gc?.(); // Nobody pays for what another has left.
      samples.push(run(Math.ceil(MIN_SAMPLE_MS / callMs)));
      progress.step();
    }
  }
  return entrants;
}

function answerOf({loss}: Contestant, mode: Mode, inputs: Inputs): Answer {
  let answer: Answer = {loss: []};
  tf.tidy(() => {
    const outcome = mode(loss, inputs);
    answer = {loss: outcome.loss.dataSync(), gradient: outcome.gradient?.dataSync<'float32'>()};
  });
  return answer;
}

/** Milliseconds per call. The last loss is read back: only then has a GPU done what it was told. */
function sample(call: () => {loss: tf.Tensor}, calls: number): number {
  const start = performance.now();
  for (let i = 1; i < calls; i++) tf.tidy(() => void call());
  tf.tidy(() => void call().loss.dataSync());
  return (performance.now() - start) / calls;
}
