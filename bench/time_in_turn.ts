/** Rounds of calls that are timed. */
import * as tf from '@tensorflow/tfjs';

/** Short calls repeat within a sample, so that the clock and the odd interrupt do not matter. */
const MIN_SAMPLE_MS = 100;

/** The time that V8 has for optimizing before the clock runs. */
const WARM_UP_MS = 200;

/** A page's clock ticks no finer. */
const TICK_MS = 0.1;

const MIN_ROUNDS = 3;
const MAX_ROUNDS = 101;
/** No further rounds that would take longer than this. */
const ROUNDS_MS = 15_000;

export interface Progress {
  /** So many steps more than known before. */
  expect(steps: number): void;
  step(): void;
}

type Call = () => {readonly loss: tf.Tensor};

/** Milliseconds per call, of each sample of each call. */
export async function timeInTurn(calls: readonly Call[], progress: Progress): Promise<number[][]> {
  progress.expect(calls.length);
  const entrants: {call: Call; callMs: number; samples: number[]}[] = [];
  for (const call of calls) {
    const first = Math.max(await sample(call, 1), TICK_MS);
    if (first < WARM_UP_MS) {
      const callMs = await sample(call, Math.ceil(WARM_UP_MS / first));
      entrants.push({call, callMs, samples: []});
    } else {
      entrants.push({call, callMs: first, samples: [first]}); // Warm since it was tried out.
    }
    progress.step();
  }

  const roundMs = entrants.reduce((sum, {callMs}) => sum + Math.max(callMs, MIN_SAMPLE_MS), 0);
  const rounds = Math.max(MIN_ROUNDS, Math.min(MAX_ROUNDS, Math.floor(ROUNDS_MS / roundMs)));
  progress.expect(entrants.reduce((sum, {samples}) => sum + rounds - samples.length, 0));
  for (let round = 0; round < rounds; round++) {
    // In turn, so that a busy moment of the machine affects all of them.
    for (const {call, callMs, samples} of entrants) {
      if (samples.length === rounds) continue;
      globalThis.gc?.(); // So that no call collects the garbage of another.
      samples.push(await sample(call, Math.ceil(MIN_SAMPLE_MS / callMs)));
      progress.step();
    }
  }
  return entrants.map(({samples}) => samples);
}

/** Milliseconds per call. The last loss is read back: only then has a GPU done what it was told. */
async function sample(call: Call, calls: number): Promise<number> {
  const start = performance.now();
  for (let i = 1; i < calls; i++) tf.tidy(() => void call());
  const loss = tf.tidy(() => call().loss);
  await loss.data();
  const elapsed = performance.now() - start;
  loss.dispose();
  return elapsed / calls;
}
