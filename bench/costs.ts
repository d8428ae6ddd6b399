/** The costs of a call beside its time. */
import * as tf from '@tensorflow/tfjs';

import {gpuProbes, probed} from '../test/helpers/peak_memory';
import type {Loss} from './shapes';
import type {Mode, Outcome} from './modes';
import {makeInputs, type Inputs} from './shapes';

export interface Costs {
  /** The most memory in use at once, above the inputs: main memory, or the GPU's. */
  readonly peakBytes: number;
  /** On a GPU, the programs run, tf.js's own among them. */
  readonly programs?: number;
  /** On a GPU, the programs compiled when two rows are added to the batch. */
  readonly compiled?: number;
}

/** Runs a call once: its outcome, which the caller must dispose, and its costs. */
export function tryOut(mode: Mode, loss: Loss, inputs: Inputs): {outcome: Outcome; costs: Costs} {
  const {result, peakBytes, programs} = probed(() => tf.tidy(() => ({...mode(loss, inputs)})));
  return {outcome: result, costs: {peakBytes, programs}};
}

/** On a GPU, the programs compiled when two rows are added to the batch. */
export async function compiledForMoreRows(mode: Mode, loss: Loss, {logits}: Inputs) {
  const probe = gpuProbes.get(tf.getBackend());
  if (probe === undefined) return undefined;
  const [batch, classes] = logits.shape;
  const more = makeInputs({batch: batch + 2, classes});
  try {
    const {result, compiled} = probe(() => tf.tidy(() => mode(loss, more).loss));
    await result.data(); // Or the next call would wait for it.
    result.dispose();
    return compiled;
  } finally {
    tf.dispose([more.labels, more.logits]);
  }
}
