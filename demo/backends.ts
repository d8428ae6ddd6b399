import * as tf from '@tensorflow/tfjs';
import {supportedBackends} from 'tfjs-sparse-softmax-cross-entropy';

import {backendNames} from './backend_names';

/**
 * How a backend comes into the page, unless @tensorflow/tfjs brings it along. webgpu is not among them:
 * a page that changes backends would have to read from it at once, and tf.js's webgpu cannot.
 */
const loaders: {readonly [backendName: string]: () => Promise<unknown>} = {
  wasm: async () => (await import('./wasm')).loadWasm(),
};

/** Those that have our kernels and start in this browser, best first; the best is the current one. */
export async function usableBackends(): Promise<string[]> {
  const usable: string[] = [];
  for (const name of backendNames) {
    if (supportedBackends.includes(name) && (await starts(name))) usable.push(name);
  }
  // Without a graphics card a browser may still offer webgl, drawn by the CPU: far slower than wasm.
  if (isDrawnByCpu()) usable.sort((a, b) => Number(a === 'webgl') - Number(b === 'webgl'));
  await tf.setBackend(usable[0]);
  return usable;
}

function isDrawnByCpu(): boolean {
  const canvas = new OffscreenCanvas(1, 1);
  return canvas.getContext('webgl2', {failIfMajorPerformanceCaveat: true}) === null;
}

/** Whether the browser has the backend. If so, it is the current one. */
export async function starts(backendName: string): Promise<boolean> {
  await loaders[backendName]?.();
  return tf.findBackendFactory(backendName) !== null && tf.setBackend(backendName);
}
