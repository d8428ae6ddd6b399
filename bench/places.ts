/** Where each backend is measured: in this process, or in a page. It must have kernels in src/register.ts. */
import {createRequire} from 'node:module';

import * as tf from '@tensorflow/tfjs';

import {openPage} from './browser';
import type {Progress} from './measure';
import {type Results, runShape} from './run';
import type {Shape} from './shapes';

export interface Place {
  /** What runs the backend, for the report. */
  readonly description: string;
  run(shape: Shape, progress: Progress): Promise<Results>;
  close(): Promise<void>;
}

const places: {readonly [backendName: string]: () => Promise<Place>} = {
  cpu: () => inThisProcess('cpu'), // Comes with @tensorflow/tfjs.
  tensorflow: async () => {
    // As scripts/install_tfjs_node.sh leaves it.
    createRequire(import.meta.url)('../.cache/tfjs-node/node_modules/@tensorflow/tfjs-node');
    return inThisProcess('tensorflow');
  },
  webgl: () => openPage('webgl'),
};

export const backendNames: readonly string[] = Object.keys(places);

export function openPlace(backendName: string): Promise<Place> {
  return places[backendName]();
}

async function inThisProcess(backendName: string): Promise<Place> {
  tf.enableProdMode(); // As in production, and without the advice to install tfjs-node.
  if (!(await tf.setBackend(backendName))) {
    throw new Error(`The backend '${backendName}' does not start here.`);
  }
  return {
    description: `Node ${process.versions.node}`,
    run: async (shape, progress) => runShape(shape, progress),
    close: async () => {},
  };
}
