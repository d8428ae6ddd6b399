/** Everything about one last layer, in Node as in a page. */
import * as tf from '@tensorflow/tfjs';

import {peakBytesOf} from '../../test/helpers/peak_memory';
import {checkAgreement} from '../agreement';
import {type Progress, timeInTurn} from '../time_in_turn';
import {
  type LayerCase,
  type LayerContestant,
  type LayerInputs,
  type LayerMode,
  layerModes,
  type LayerOutcome,
  linear,
  makeLayerInputs,
  oneHot,
  plain,
} from './layer';

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
    results[title] = await measure(mode, layer, layerCase.isTimed, progress);
  }
  tf.dispose([layer.labels, layer.inputs, layer.kernel]);
  return results;
}

async function measure(
  mode: LayerMode,
  layer: LayerInputs,
  isTimed: boolean,
  progress: Progress,
): Promise<LayerMeasurement[]> {
  // Linear comes first: who runs out of memory may take the device along.
  const peaks = [linear, plain, oneHot].map((contestant) => ({
    contestant,
    peakBytes: peakOrError(mode, contestant, layer),
  }));
  const running = peaks.filter(({peakBytes}) => isTimed && typeof peakBytes === 'number');
  for (const {contestant} of running) await checkThatItAgrees(mode, contestant, layer);
  const calls = running.map(
    ({contestant}) =>
      () =>
        mode(contestant, layer),
  );
  const times = await timeInTurn(calls, progress);
  return peaks.map((peak) => ({
    name: peak.contestant.name,
    peakBytes: peak.peakBytes,
    samples: times[running.indexOf(peak)] ?? [],
  }));
}

function peakOrError(
  mode: LayerMode,
  contestant: LayerContestant,
  layer: LayerInputs,
): LayerMeasurement['peakBytes'] {
  let resultBytes = 0;
  const call = () => {
    const {loss, gradients} = mode(contestant, layer);
    resultBytes = [loss, ...gradients].reduce((sum, {size}) => sum + 4 * size, 0);
  };
  try {
    const peakBytes = peakBytesOf(() => tf.tidy(call));
    return peakBytes - resultBytes;
  } catch (error) {
    if (contestant === linear) throw error;
    return {error: (error as Error).message};
  }
}

/** Loss, and each gradient as a vector, agree with those of linear to 1e-3. */
async function checkThatItAgrees(
  mode: LayerMode,
  {name}: LayerContestant,
  layer: LayerInputs,
): Promise<void> {
  const contestant = [plain, oneHot].find((each) => each.name === name);
  if (contestant === undefined) return; // It is linear itself.
  const ours = tf.tidy((): LayerOutcome => ({...mode(linear, layer)}));
  const theirs = tf.tidy((): LayerOutcome => ({...mode(contestant, layer)}));
  const answer = {name, tolerance: {loss: 1e-3, gradient: 1e-3}};
  const [loss, want] = [await theirs.loss.data(), await ours.loss.data()];
  checkAgreement(answer, {loss}, {loss: want});
  for (const [i, gradient] of theirs.gradients.entries()) {
    checkAgreement(
      answer,
      {loss, gradient: await gradient.data<'float32'>()},
      {loss: want, gradient: await ours.gradients[i].data<'float32'>()},
    );
  }
  tf.dispose([ours.loss, ...ours.gradients, theirs.loss, ...theirs.gradients]);
}
