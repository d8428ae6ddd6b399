/** What a call does on a GPU, for the backends that have one. */
import {probe as probeWebgl} from './webgl_probe';
import {probe as probeWebgpu} from './webgpu_probe';

export interface GpuProbe {
  /** How many programs ran; tf.js's own among them. */
  readonly programs: number;
  /** How many of them had to be compiled. */
  readonly compiled: number;
  /** Bytes of textures or buffers at the most, above those at the start. */
  readonly peakBytes: number;
}

export const gpuProbes: ReadonlyMap<string, (call: () => void) => GpuProbe> = new Map([
  [
    'webgl',
    (call) => {
      const {draws, compiled, peakBytes} = probeWebgl(call);
      return {programs: draws.length, compiled, peakBytes};
    },
  ],
  [
    'webgpu',
    (call) => {
      const {dispatches, compiled, peakBytes} = probeWebgpu(call);
      return {programs: dispatches.length, compiled, peakBytes};
    },
  ],
]);
