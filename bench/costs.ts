/** What a call costs beside time, from more calls that are not timed. */
import * as tf from '@tensorflow/tfjs';

import {probe} from './webgl_probe';
import type {Loss} from './loss';
import {peakMemory} from './main_memory';
import type {Mode} from './modes';
import {makeInputs, type Inputs} from './shapes';

export interface Costs {
  /** The most memory in use at once, above the inputs: main memory, or on webgl that of textures. */
  readonly peakBytes: number;
  /** On webgl, the programs drawn, tf.js's own among them. */
  readonly draws?: number;
  /** On webgl, the shaders compiled when two rows are added to the batch. */
  readonly compiled?: number;
}

export function costsOf(mode: Mode, loss: Loss, inputs: Inputs): Costs {
  const call = (inputs: Inputs) => tf.tidy(() => void mode(loss, inputs));
  if (tf.getBackend() !== 'webgl') return {peakBytes: peakMemory(() => call(inputs)).peakBytes};
  const {draws, peakBytes} = probe(() => call(inputs));
  const [batch, classes] = inputs.logits.shape;
  const more = makeInputs({batch: batch + 2, classes});
  const {compiled} = probe(() => call(more));
  tf.dispose([more.labels, more.logits]);
  return {peakBytes, draws: draws.length, compiled};
}
