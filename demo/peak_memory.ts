import * as tf from '@tensorflow/tfjs';

import {peakMemory} from '../bench/main_memory';
import {probe} from '../bench/webgl_probe';

/** The most memory in use at once above the inputs: main memory, or on webgl that of textures. */
export function peakBytesOf(call: () => void): number {
  return (tf.getBackend() === 'webgl' ? probe : peakMemory)(call).peakBytes;
}
