/**
 * The module of assembly/, made to work in place in the heap of tf.js's own module: it imports that
 * one's memory, and takes addresses there. Growing memory changes neither.
 *
 * Where the engine has no SIMD, a page's content security policy forbids compiling, or tf.js hides
 * its memory, there is none, and rows/ does the work.
 */
import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';

import {BINARY, SHARED_BINARY} from './binary';

/** The exports of assembly/index.ts. */
export interface SimdKernels {
  labelsFit(labels: number, batch: number, numClasses: number, ignoreClass: number): number;
  loss(
    logits: number,
    labels: number,
    batch: number,
    numClasses: number,
    ignoreClass: number,
    labelSmoothing: number,
    loss: number,
    statistics: number,
  ): void;
  grad(
    dy: number,
    logits: number,
    labels: number,
    statistics: number,
    batch: number,
    numClasses: number,
    ignoreClass: number,
    labelScale: number,
    uniformScale: number,
    out: number,
  ): void;
}

/** Compiled once for each heap, and not again where that failed. */
const kernelsIn = new WeakMap<WebAssembly.Memory, SimdKernels | undefined>();

/** undefined where they cannot run. */
export function simdKernels(backend: BackendWasm): SimdKernels | undefined {
  const memory = memoryOf(backend);
  if (memory === undefined) return undefined;
  if (!kernelsIn.has(memory)) kernelsIn.set(memory, instantiate(memory));
  return kernelsIn.get(memory);
}

/** Exported by tf.js's binaries without threads, made outside of the one with threads. */
function memoryOf({wasm}: BackendWasm): WebAssembly.Memory | undefined {
  const {asm, wasmMemory} = wasm as {
    asm?: {memory?: WebAssembly.Memory};
    wasmMemory?: WebAssembly.Memory;
  };
  const memory = asm?.memory ?? wasmMemory;
  return memory instanceof WebAssembly.Memory ? memory : undefined;
}

function instantiate(memory: WebAssembly.Memory): SimdKernels | undefined {
  const isShared = !(memory.buffer instanceof ArrayBuffer);
  try {
    const bytes = Uint8Array.from(atob(isShared ? SHARED_BINARY : BINARY), (c) => c.charCodeAt(0));
    const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {env: {memory}});
    return instance.exports as unknown as SimdKernels;
  } catch {
    return undefined;
  }
}
