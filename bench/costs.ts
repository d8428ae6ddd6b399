/** What a call costs beside time, from more calls that are not timed. */
import * as tf from '@tensorflow/tfjs';

import {gpuProbes} from './gpu_probes';
import type {Loss} from './loss';
import {peakMemory} from './main_memory';
import type {Mode} from './modes';
import {makeInputs, type Inputs} from './shapes';

export interface Costs {
  /** The most memory in use at once, above the inputs: main memory, or the GPU's. */
  readonly peakBytes: number;
  /** On a GPU, the programs run, tf.js's own among them. */
  readonly programs?: number;
  /** On a GPU, the programs compiled when two rows are added to the batch. */
  readonly compiled?: number;
}

export function costsOf(mode: Mode, loss: Loss, inputs: Inputs): Costs {
  const call = (inputs: Inputs) => tf.tidy(() => void mode(loss, inputs));
  const probe = gpuProbes.get(tf.getBackend());
  if (probe === undefined) return {peakBytes: peakBytesOf(() => call(inputs))};
  const {programs, peakBytes} = probe(() => call(inputs));
  const [batch, classes] = inputs.logits.shape;
  const more = makeInputs({batch: batch + 2, classes});
  const {compiled} = probe(() => call(more));
  tf.dispose([more.labels, more.logits]);
  return {peakBytes, programs, compiled};
}

/** The most memory in use at once during a call, above that at its start. */
export function peakBytesOf(call: () => void): number {
  const probe = gpuProbes.get(tf.getBackend()) ?? peakMemory;
  return probe(call).peakBytes;
}
