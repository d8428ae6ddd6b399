/** Which of tf.js's binaries the wasm kernels work in. */
import * as tf from '@tensorflow/tfjs';
import {getThreadsCount} from '@tensorflow/tfjs-backend-wasm';
import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';

import {simdKernels} from '../../src/kernels/wasm/simd';
import {describeBackend} from '../helpers/backends';

describeBackend('wasm', 'in a page that is isolated', () => {
  it('the kernels work in the memory that threads share', () => {
    expect(crossOriginIsolated).toBeTrue();
    expect(getThreadsCount()).toBeGreaterThan(0);
    const backend = tf.backend() as unknown as BackendWasm;
    const {wasmMemory} = backend.wasm as unknown as {wasmMemory?: WebAssembly.Memory};
    expect(wasmMemory?.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(simdKernels(backend)).toBeDefined();
  });
});
