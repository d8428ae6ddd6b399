import * as tf from '@tensorflow/tfjs';

import {gpuProbes} from '../bench/gpu_probes';
import {peakMemory} from '../bench/main_memory';

/** The most memory in use at once above the inputs: main memory, or the GPU's. */
export function peakBytesOf(call: () => void): number {
  return (gpuProbes.get(tf.getBackend()) ?? peakMemory)(call).peakBytes;
}
