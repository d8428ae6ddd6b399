/** One mode on one shape: a first call that is looked at, then rounds of calls that are timed. */
import * as tf from '@tensorflow/tfjs';

import {descriptionOf} from '../test/backends';
import {type Answer, checkAgreement} from './agreement';
import type {ContestantName} from './contestant_names';
import {contestantsOn, ours} from './contestants';
import {compiledForMoreRows, type Costs, tryOut} from './costs';
import type {Mode, Outcome} from './modes';
import type {Inputs} from './shapes';
import {timeInTurn} from './time_in_turn';

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

export interface Progress {
  /** So many steps more than known before. */
  expect(steps: number): void;
  step(): void;
}

/** Throws if ours fails. */
export async function measure(
  mode: Mode,
  inputs: Inputs,
  progress: Progress,
): Promise<Measurements> {
  const contestants = contestantsOn(tf.getBackend());
  const {differ = []} = descriptionOf(tf.getBackend()).bench;
  progress.expect(contestants.length);
  // The first call also brings the labels to a GPU, which is nobody's cost.
  const ourAnswer = await read(tryOut(mode, ours.loss, inputs).outcome);
  const running: {name: ContestantName; costs: Costs; call: () => Outcome}[] = [];
  const failures: Failure[] = [];
  for (const contestant of contestants) {
    const {name, loss, reference, load} = contestant;
    try {
      await load?.();
      const {outcome, costs} = tryOut(mode, loss, inputs);
      const answer = await read(outcome);
      if (!differ.includes(name)) {
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
