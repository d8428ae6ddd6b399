import * as tf from '@tensorflow/tfjs';
import {supportedBackends} from 'tfjs-sparse-softmax-cross-entropy';

import {backendNames, type Offer} from './backend_names';
import {softwareOf, webgpuAdapter} from './software_gpu';

/** How a backend comes into the page, unless @tensorflow/tfjs brings it along. */
const loaders: {readonly [backendName: string]: () => Promise<unknown>} = {
  wasm: async () => (await import('./wasm')).loadWasm(),
  // Where there is no adapter tf.js would complain in the console.
  webgpu: async () => (await webgpuAdapter()) && import('@tensorflow/tfjs-backend-webgpu'),
};

/**
 * Those that have our kernels and start in this browser, best first; the best is the current one.
 */
export async function usableBackends(): Promise<Offer[]> {
  const offers: Offer[] = [];
  for (const name of backendNames) {
    if (!supportedBackends.includes(name) || !(await starts(name))) continue;
    offers.push({name, software: await softwareOf(name)});
  }
  offers.sort((a, b) => Number(a.software !== undefined) - Number(b.software !== undefined));
  await tf.setBackend(offers[0].name);
  return offers;
}

/**
 * Makes a backend the current one. Nothing may be moved to it: webgpu gives nothing away at once.
 */
export async function start(backendName: string): Promise<void> {
  if (!(await starts(backendName))) throw new Error(`The ${backendName} backend does not start.`);
}

async function starts(backendName: string): Promise<boolean> {
  await loaders[backendName]?.();
  return tf.findBackendFactory(backendName) !== null && tf.setBackend(backendName);
}
