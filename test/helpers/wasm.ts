/** The wasm backend of tf.js, from the inside. */
import * as tf from '@tensorflow/tfjs';
import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';

export const wasm = () => tf.backend() as unknown as BackendWasm;

/** A module that does not give away its memory: rows/ does the work. */
export const HIDDEN_MEMORY = {asm: {}, wasmMemory: undefined};

/**
 * Runs on a backend with another module over the same heap, which the kernels have not seen yet.
 */
export function withModule(changes: object, run: () => Promise<void>): Promise<void> {
  const backend = wasm();
  const before = backend.wasm;
  backend.wasm = Object.assign(Object.create(before), changes);
  return run().finally(() => {
    backend.wasm = before;
  });
}

export function memoryOf(backend: BackendWasm): WebAssembly.Memory {
  const {asm, wasmMemory} = backend.wasm as unknown as {
    asm: {memory?: WebAssembly.Memory};
    wasmMemory?: WebAssembly.Memory;
  };
  return asm.memory ?? wasmMemory!;
}
