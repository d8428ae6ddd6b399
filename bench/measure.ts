/** Measures a shape: in each mode a first call that is looked at, then rounds that are timed. */
import * as tf from '@tensorflow/tfjs';

import {descriptionOf} from '../test/backends';
import {type Answer, checkAgreement} from './agreement';
import {type ContestantName, contestantsOn, ours} from './contestants';
import {compiledForMoreRows, type Costs, tryOut} from './costs';
import {type Mode, modes, type Outcome} from './modes';
import {type Inputs, makeInputs, type Shape} from './shapes';
import {type Progress, timeInTurn} from './time_in_turn';

export interface Measurement extends Costs {
  /** The contestant's name. */
  readonly name: ContestantName;
  /** Milliseconds per call, of each sample. */
  readonly samples: readonly number[];
}

/**
 * A contestant that has no place in a table, since it cannot run here, or computes something else.
 */
export interface Failure {
  readonly name: ContestantName;
  readonly reason: string;
}

export interface Measurements {
  readonly measurements: readonly Measurement[];
  readonly failures: readonly Failure[];
}

/** The measurements of each mode, by its title. */
export type Results = {readonly [mode: string]: Measurements};

/** As in production, and without the advice to install tfjs-node. */
export async function startBackend(backendName: string): Promise<void> {
  await descriptionOf(backendName).load?.();
  tf.enableProdMode();
  if (!(await tf.setBackend(backendName))) {
    throw new Error(`The backend '${backendName}' does not start here.`);
  }
}

/** Everything about one shape, in Node as in a page. */
export async function runShape(shape: Shape, progress: Progress): Promise<Results> {
  const inputs = makeInputs(shape);
  const results: {[mode: string]: Measurements} = {};
  for (const [title, mode] of modes) results[title] = await measure(mode, inputs, progress);
  tf.dispose([inputs.labels, inputs.logits]);
  return results;
}

/** Throws if ours fails. */
async function measure(mode: Mode, inputs: Inputs, progress: Progress): Promise<Measurements> {
  const contestants = contestantsOn(tf.getBackend());
  progress.expect(contestants.length);
  // The first call also brings the labels to a GPU, which is nobody's cost.
  const ourAnswer = await read(tryOut(mode, ours.loss, inputs).outcome);
  const running: {name: ContestantName; costs: Costs; call: () => Outcome}[] = [];
  const failures: Failure[] = [];
  for (const contestant of contestants) {
    const {name, loss, reference, load, differsOn} = contestant;
    try {
      await load?.();
      const {outcome, costs} = tryOut(mode, loss, inputs);
      const answer = await read(outcome);
      if (!differsOn?.includes(tf.getBackend())) {
        const expected = reference
          ? await read(tryOut(mode, reference, inputs).outcome)
          : ourAnswer;
        checkAgreement(contestant, answer, expected);
      }
      const compiled = await compiledForMoreRows(mode, loss, inputs);
      running.push({name, costs: {...costs, compiled}, call: () => mode(loss, inputs)});
    } catch (error) {
      if (name.startsWith('ours')) throw error;
      failures.push({name, reason: (error as Error).message});
    }
    progress.step();
  }
  const samples = await timeInTurn(
    running.map(({call}) => call),
    progress,
  );
  const measurements = running.map(({name, costs}, i) => ({name, ...costs, samples: samples[i]}));
  return {measurements, failures};
}

async function read({loss, gradient}: Outcome): Promise<Answer> {
  const answer = {loss: await loss.data(), gradient: await gradient?.data<'float32'>()};
  tf.dispose([loss, gradient ?? []]);
  return answer;
}
