/** How to load each backend. It must have kernels in src/register.ts. */
import {createRequire} from 'node:module';

import * as tf from '@tensorflow/tfjs';

const loaders: {readonly [backendName: string]: () => Promise<unknown>} = {
  cpu: async () => {}, // Comes with @tensorflow/tfjs.
  // As scripts/install_tfjs_node.sh leaves it.
  tensorflow: async () => {
    createRequire(import.meta.url)('../.cache/tfjs-node/node_modules/@tensorflow/tfjs-node');
  },
};

export const backendNames: readonly string[] = Object.keys(loaders);

export async function startBackend(backendName: string): Promise<void> {
  tf.enableProdMode(); // As in production, and without the advice to install tfjs-node.
  await loaders[backendName]();
  if (!(await tf.setBackend(backendName))) {
    throw new Error(`The backend '${backendName}' does not start here.`);
  }
}
