/**
 * The modules of assembly/, which import the memory of tf.js's own module and work in place.
 * Addresses stay valid when that memory grows.
 *
 * Some engines have no SIMD, some pages forbid compiling by a content security policy, and some
 * versions of tf.js hide the memory. There rows/ computes.
 */
import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';

import {type Binary, GRAD, LOSS} from './binary';

/**
 * The exports of assembly/loss.ts and assembly/grad.ts. Tensors are addresses in the heap, and an
 * `ignoreClass` of NaN ignores no label. WebAssembly takes only numbers, so there are many
 * arguments.
 */
export type SimdKernels = {
  labelsFit(labels: number, batch: number, numClasses: number, ignoreClass: number): number;
  loss(
    logits: number,
    labels: number,
    batch: number,
    numClasses: number,
    ignoreClass: number,
    losses: number,
    statistics: number,
  ): void;
  addOptions(
    logits: number,
    labels: number,
    batch: number,
    numClasses: number,
    ignoreClass: number,
    labelSmoothing: number,
    zLoss: number,
    losses: number,
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
    zLoss: number,
    dfeatures: number,
  ): void;
};

/** Compiled once for each heap, and not again after a failure. */
const kernelsIn = new WeakMap<WebAssembly.Memory, SimdKernels | undefined>();

/** undefined if they cannot run. */
export function simdKernels(backend: BackendWasm): SimdKernels | undefined {
  const memory = memoryOf(backend);
  if (memory === undefined) return undefined;
  if (!kernelsIn.has(memory)) kernelsIn.set(memory, instantiate(memory));
  return kernelsIn.get(memory);
}

/** The binaries of tf.js without threads export their memory; the one with threads imports it. */
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
  const binaries = [LOSS, GRAD].map((binary) => bytesOf(binary, isShared));
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
 * The class of an object of any realm. `instanceof` fails where a test runner replaces globals, as
 * jest does with ArrayBuffer.
 */
function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}
