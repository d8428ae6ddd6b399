/** One mode on one shape: a first call that is looked at, then rounds of calls that are timed. */
import * as tf from '@tensorflow/tfjs';

import {descriptionOf} from '../test/backends';
import {type Answer, checkAgreement} from './agreement';
import type {ContestantName} from './contestant_names';
import {contestantsOn, ours} from './contestants';
import {type Costs, costsOf} from './costs';
import type {Loss} from './loss';
import type {Mode} from './modes';
import type {Inputs} from './shapes';
import {timeInTurn} from './time_in_turn';

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
  const ourAnswer = await answerOf(ours.loss, mode, inputs);
  const costs: Costs[] = [];
  for (const contestant of contestants) {
    const {name, loss, reference, load} = contestant;
    await load?.();
    if (!differ.includes(name)) {
      const expected = reference ? await answerOf(reference, mode, inputs) : ourAnswer;
      checkAgreement(contestant, await answerOf(loss, mode, inputs), expected);
    }
    costs.push(costsOf(mode, loss, inputs));
    progress.step();
  }
  const calls = contestants.map(
    ({loss}) =>
      () =>
        mode(loss, inputs),
  );
  const samples = await timeInTurn(calls, progress);
  return contestants.map(({name}, i) => ({name, ...costs[i], samples: samples[i]}));
}

async function answerOf(loss: Loss, mode: Mode, inputs: Inputs): Promise<Answer> {
  const outcome = tf.tidy(() => ({...mode(loss, inputs)}));
  const answer = {
    loss: await outcome.loss.data(),
    gradient: await outcome.gradient?.data<'float32'>(),
  };
  tf.dispose([outcome.loss, outcome.gradient ?? []]);
  return answer;
}
