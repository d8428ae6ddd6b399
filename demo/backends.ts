import * as tf from '@tensorflow/tfjs';
import {supportedBackends} from 'tfjs-sparse-softmax-cross-entropy';

/** Those that have our kernels and start in this browser; the one that tf.js prefers comes first. */
export async function usableBackends(): Promise<string[]> {
  await tf.ready();
  const preferred = tf.getBackend();
  const usable: string[] = [];
  for (const name of supportedBackends) {
    if (await starts(name)) usable.push(name);
  }
  return usable.sort((a, b) => Number(b === preferred) - Number(a === preferred));
}

/** Whether the browser has the backend. If so, it is the current one. */
export async function starts(backendName: string): Promise<boolean> {
  return tf.findBackendFactory(backendName) !== null && tf.setBackend(backendName);
}
