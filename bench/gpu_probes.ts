/** What a call does on a GPU, for the backends that have one. */
import {probe as probeWebgl} from './webgl_probe';
import {probe as probeWebgpu} from './webgpu_probe';

export interface GpuProbe<T> {
  /** What the call returned. */
  readonly result: T;
  /** How many programs ran; tf.js's own among them. */
  readonly programs: number;
  /** How many of them had to be compiled. */
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
