/** Everything about one last layer, in Node as in a page. */
import * as tf from '@tensorflow/tfjs';

import {checkAgreement} from '../agreement';
import {peakBytesOf} from '../costs';
import type {Progress} from '../measure';
import {timeInTurn} from '../time_in_turn';
import {type LayerContestant, linear, plain} from './contestants';
import {type LayerCase, type LayerInputs, makeLayerInputs} from './layer_case';
import {type LayerMode, layerModes, type LayerOutcome} from './modes';

export interface LayerMeasurement {
  readonly name: LayerContestant['name'];
  /** Above inputs and results; or why the backend cannot hold what the contestant holds. */
  readonly peakBytes: number | {readonly error: string};
  /** Milliseconds per call; none where only memory is measured. */
  readonly samples: readonly number[];
}

/** The measurements of each mode, by its title. */
export type LayerResults = {readonly [mode: string]: readonly LayerMeasurement[]};

export async function runLayer(layerCase: LayerCase, progress: Progress): Promise<LayerResults> {
  const layer = makeLayerInputs(layerCase);
  const results: {[mode: string]: readonly LayerMeasurement[]} = {};
  for (const [title, mode] of layerModes) {
    if (layerCase.isTimed) await checkThatTheyAgree(mode, layer);
    // Linear comes first: who runs out of memory may take the device along.
    const peakOfLinear = peakOf(mode, linear, layer);
    const peakOfPlain = peakOrError(mode, plain, layer);
    const calls = [plain, linear].map((contestant) => () => mode(contestant, layer));
    const times = layerCase.isTimed ? await timeInTurn(calls, progress) : [[], []];
    results[title] = [
      {name: plain.name, peakBytes: peakOfPlain, samples: times[0]},
      {name: linear.name, peakBytes: peakOfLinear, samples: times[1]},
    ];
  }
  tf.dispose([layer.labels, layer.inputs, layer.kernel]);
  return results;
}

function peakOf(mode: LayerMode, contestant: LayerContestant, layer: LayerInputs): number {
  let resultBytes = 0;
  const call = () => {
    const {loss, gradients} = mode(contestant, layer);
    resultBytes = [loss, ...gradients].reduce((sum, {size}) => sum + 4 * size, 0);
  };
  const peakBytes = peakBytesOf(() => tf.tidy(call));
  return peakBytes - resultBytes;
}

function peakOrError(...args: Parameters<typeof peakOf>): LayerMeasurement['peakBytes'] {
  try {
    return peakOf(...args);
  } catch (error) {
    return {error: (error as Error).message};
  }
}

/** Loss, and each gradient as a vector, to 1e-3. */
async function checkThatTheyAgree(mode: LayerMode, layer: LayerInputs): Promise<void> {
  const ours = tf.tidy((): LayerOutcome => ({...mode(linear, layer)}));
  const theirs = tf.tidy((): LayerOutcome => ({...mode(plain, layer)}));
  const contestant = {name: plain.name, tolerance: {loss: 1e-3, gradient: 1e-3}};
  const losses = [await theirs.loss.data(), await ours.loss.data()];
  checkAgreement(contestant, {loss: losses[0]}, {loss: losses[1]});
  for (const [i, gradient] of theirs.gradients.entries()) {
    checkAgreement(
      contestant,
      {loss: losses[0], gradient: await gradient.data<'float32'>()},
      {loss: losses[1], gradient: await ours.gradients[i].data<'float32'>()},
    );
  }
  tf.dispose([ours.loss, ...ours.gradients, theirs.loss, ...theirs.gradients]);
}
