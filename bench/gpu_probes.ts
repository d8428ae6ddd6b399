/** Counts the work of a call on a GPU. */
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
