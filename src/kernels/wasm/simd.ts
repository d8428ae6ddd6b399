/**
 * The modules of assembly/, instantiated over the heap of tf.js's own module: they import its memory
 * and work in place. Addresses stay valid when that memory grows.
 *
 * Some engines have no SIMD, some pages forbid compiling by a content security policy, and some
 * versions of tf.js hide the memory. There rows/ does the work.
 */
import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';

import {type Binary, GRAD, LABELS, LOSS} from './binary';

/** The exports of assembly/: labels.ts, loss.ts and grad.ts. */
export type SimdKernels = {
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
};

/** Compiled once for each heap, and not again where that failed. */
const kernelsIn = new WeakMap<WebAssembly.Memory, SimdKernels | undefined>();

/** undefined where they cannot run. */
export function simdKernels(backend: BackendWasm): SimdKernels | undefined {
  const memory = memoryOf(backend);
  if (memory === undefined) return undefined;
  if (!kernelsIn.has(memory)) kernelsIn.set(memory, instantiate(memory));
  return kernelsIn.get(memory);
}

/** tf.js's binaries without threads export it; for the one with threads it is made outside. */
function memoryOf({wasm}: BackendWasm): WebAssembly.Memory | undefined {
  const {asm, wasmMemory} = wasm as {
    asm?: {memory?: WebAssembly.Memory};
    wasmMemory?: WebAssembly.Memory;
  };
  const memory = asm?.memory ?? wasmMemory;
  return kindOf(memory) === 'WebAssembly.Memory' ? memory : undefined;
}

function instantiate(memory: WebAssembly.Memory): SimdKernels | undefined {
  const isShared = kindOf(memory.buffer) === 'SharedArrayBuffer';
  const binaries = [LABELS, LOSS, GRAD].map((binary) => bytesOf(binary, isShared));
  if (!binaries.every((bytes) => WebAssembly.validate(bytes))) return undefined; // No SIMD.
  try {
    const instances = binaries.map(
      (bytes) => new WebAssembly.Instance(new WebAssembly.Module(bytes), {env: {memory}}),
    );
    return Object.assign({}, ...instances.map(({exports}) => exports)) as SimdKernels;
  } catch (error) {
    if (!isRefusal(error)) {
      console.warn(
        'tfjs-sparse-softmax-cross-entropy: computes in JavaScript, which is slow, because its ' +
          `WebAssembly does not start: ${error}. Please report this.`,
      );
    }
    return undefined;
  }
}

function bytesOf({head, sharedHead, code}: Binary, isShared: boolean): BufferSource {
  const characters = atob((isShared ? sharedHead : head) + code);
  return Uint8Array.from(characters, (character) => character.charCodeAt(0));
}

/** Browsers report a content security policy as CompileError or, in Safari, as EvalError. */
function isRefusal(error: unknown): boolean {
  return ['CompileError', 'EvalError'].includes((error as Error).name);
}

/**
 * The class of an object, whichever realm made it. `instanceof` would not know it where a test
 * runner replaces globals: jest does so with ArrayBuffer.
 */
function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}
