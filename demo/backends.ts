import * as tf from '@tensorflow/tfjs';
import {supportedBackends} from 'tfjs-sparse-softmax-cross-entropy';

import {backendNames} from './backend_names';

/** How a backend comes into the page, unless @tensorflow/tfjs brings it along. */
const loaders: {readonly [backendName: string]: () => Promise<unknown>} = {
  wasm: async () => (await import('./wasm')).loadWasm(),
  // Where there is no adapter tf.js would complain in the console.
  webgpu: async () => (await webgpuAdapter()) && import('@tensorflow/tfjs-backend-webgpu'),
};

/** Those that have our kernels and start in this browser, best first; the best is the current one. */
export async function usableBackends(): Promise<string[]> {
  const [usable, drawnByCpu]: [string[], string[]] = [[], []];
  for (const name of backendNames) {
    if (!supportedBackends.includes(name) || !(await starts(name))) continue;
    ((await isDrawnByCpu[name]?.()) ? drawnByCpu : usable).push(name);
  }
  await tf.setBackend(usable[0]);
  return [...usable, ...drawnByCpu];
}

/** Without a graphics card a browser may still offer these, far slower than wasm. */
const isDrawnByCpu: {readonly [backendName: string]: () => Promise<boolean>} = {
  webgpu: async () => (await webgpuAdapter())?.info?.isFallbackAdapter === true,
  webgl: async () => {
    const canvas = new OffscreenCanvas(1, 1);
    return canvas.getContext('webgl2', {failIfMajorPerformanceCaveat: true}) === null;
  },
};

/** The types that tf.js brings are older. */
type Adapter = GPUAdapter & {readonly info?: {readonly isFallbackAdapter?: boolean}};

async function webgpuAdapter(): Promise<Adapter | null> {
  return ((await navigator.gpu?.requestAdapter()) ?? null) as Adapter | null;
}

/** Makes a backend the current one. Nothing may be moved to it: webgpu gives nothing away at once. */
export async function start(backendName: string): Promise<void> {
  if (!(await starts(backendName))) throw new Error(`The ${backendName} backend does not start.`);
}

async function starts(backendName: string): Promise<boolean> {
  await loaders[backendName]?.();
  return tf.findBackendFactory(backendName) !== null && tf.setBackend(backendName);
}
