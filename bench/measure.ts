/** One mode on one shape: a first call that is looked at, then rounds of calls that are timed. */
import * as tf from '@tensorflow/tfjs';

import {type Answer, checkAgreement} from './agreement';
import {type Contestant, contestantsOn, ours} from './contestants';
import {peakMemory} from './memory';
import type {Mode} from './modes';
import type {Inputs} from './shapes';

/** Short calls repeat within a sample, so that the clock and the odd interrupt do not matter. */
const MIN_SAMPLE_MS = 20;

/** What V8 gets to optimize before the clock runs. */
const WARM_UP_MS = 200;

const MIN_ROUNDS = 3;
const MAX_ROUNDS = 101;
/** No further rounds that would take longer than this. */
const ROUNDS_MS = 15_000;

export interface Measurement {
  readonly contestant: Contestant;
  /** Milliseconds per call, of each sample. */
  readonly samples: readonly number[];
  readonly peakBytes: number;
}

export interface Progress {
  /** So many steps more than known before. */
  expect(steps: number): void;
  step(): void;
}

export function measure(mode: Mode, inputs: Inputs, progress: Progress): Measurement[] {
  const contestants = contestantsOn(tf.getBackend());
  progress.expect(contestants.length);
  const {answer: ourAnswer} = inspect(ours, mode, inputs);
  const entrants = contestants.map((contestant) => {
    const {answer, peakBytes, ms} = inspect(contestant, mode, inputs);
    checkAgreement(contestant, answer, ourAnswer);
    const call = () => void tf.tidy(() => void mode(contestant.loss, inputs));
    const warmUpMs = ms < WARM_UP_MS ? sample(call, WARM_UP_MS) : ms;
    progress.step();
    return {contestant, peakBytes, call, warmUpMs, samples: [] as number[]};
  });

  const roundMs = entrants.reduce((sum, {warmUpMs}) => sum + Math.max(warmUpMs, MIN_SAMPLE_MS), 0);
  const rounds = Math.max(MIN_ROUNDS, Math.min(MAX_ROUNDS, Math.floor(ROUNDS_MS / roundMs)));
  progress.expect(rounds * contestants.length);
  for (let round = 0; round < rounds; round++) {
    // One after the other, so that a busy moment of the machine is everybody's.
    for (const {call, samples} of entrants) {
      globalThis.gc?.(); // Nobody pays for what another has left.
      samples.push(sample(call, MIN_SAMPLE_MS));
      progress.step();
    }
  }
  return entrants;
}

/** The untimed call, for what the contestant answers and the memory it takes. */
function inspect({loss}: Contestant, mode: Mode, inputs: Inputs) {
  let answer: Answer = {loss: []};
  const start = performance.now();
  const {peakBytes} = peakMemory(() =>
    tf.tidy(() => {
      const outcome = mode(loss, inputs);
      answer = {loss: outcome.loss, gradient: outcome.gradient?.dataSync<'float32'>()};
    }),
  );
  return {answer, peakBytes, ms: performance.now() - start};
}

/** Milliseconds per call, over as many calls as fill `minMs`. */
function sample(call: () => void, minMs: number): number {
  const start = performance.now();
  let calls = 0;
  let elapsed: number;
  do {
    call();
    calls++;
    elapsed = performance.now() - start;
  } while (elapsed < minMs);
  return elapsed / calls;
}
