/** Memory and work of a call: in main memory, or on a GPU. */
import * as tf from '@tensorflow/tfjs';

import {peakMemory} from './main_memory';
import {probe as probeWebgl} from './webgl_probe';
import {probe as probeWebgpu} from './webgpu_probe';

export interface GpuProbe<T> {
  /** The result of the call. */
  readonly result: T;
  /** The number of programs run, with those of tf.js. */
  readonly programs: number;
  /** The number of programs compiled. */
  readonly compiled: number;
  /** Bytes of textures or buffers at the most, above those at the start. */
  readonly peakBytes: number;
}

export const gpuProbes: ReadonlyMap<string, <T>(call: () => T) => GpuProbe<T>> = new Map([
  [
    'webgl',
    <T>(call: () => T) => {
      const {draws, ...probe} = probeWebgl(call);
      return {...probe, programs: draws.length};
    },
  ],
  [
    'webgpu',
    <T>(call: () => T) => {
      const {dispatches, ...probe} = probeWebgpu(call);
      return {...probe, programs: dispatches.length};
    },
  ],
]);

/** Runs a call, and tells its memory and, on a GPU, the programs run. */
export function probed<T>(call: () => T): {result: T; peakBytes: number; programs?: number} {
  const probe = gpuProbes.get(tf.getBackend()) ?? peakMemory;
  return probe(call);
}

/** The most memory in use at once during a call, above that at its start. */
export function peakBytesOf(call: () => void): number {
  return probed(call).peakBytes;
}
