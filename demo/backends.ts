import * as tf from '@tensorflow/tfjs';
import {supportedBackends} from 'tfjs-sparse-softmax-cross-entropy';

import {backendNames} from './backend_names';

/** How a backend comes into the page, unless @tensorflow/tfjs brings it along. */
const loaders: {readonly [backendName: string]: () => Promise<unknown>} = {
  wasm: async () => (await import('./wasm')).loadWasm(),
  webgpu: () => import('@tensorflow/tfjs-backend-webgpu'),
};

/** Those that have our kernels and start in this browser, best first; the best is the current one. */
export async function usableBackends(): Promise<string[]> {
  const usable: string[] = [];
  for (const name of backendNames) {
    if (supportedBackends.includes(name) && (await starts(name))) usable.push(name);
  }
  await tf.setBackend(usable[0]);
  return usable;
}

/** Whether the browser has the backend. If so, it is the current one. */
export async function starts(backendName: string): Promise<boolean> {
  await loaders[backendName]?.();
  return tf.findBackendFactory(backendName) !== null && tf.setBackend(backendName);
}
