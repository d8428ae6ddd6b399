/** The programs of the platforms, by what they need to start. */
import {manifest} from '../entries';

/** Runtimes: the wasm backend reads its binary from node_modules. */
export const main = `
  import {print} from './print.js';
  import '@tensorflow/tfjs-backend-wasm';
  print(['cpu', 'wasm']);
`;

/** Pages: /wasm/ has tf.js's binaries. */
export const pageMain = `
  import {print} from './print.js';
  import {setWasmPaths} from '@tensorflow/tfjs-backend-wasm';
  setWasmPaths('/wasm/');
  print(['cpu', 'webgl', 'wasm']);
`;

export const html = (script: string) => `<!doctype html><title>page</title>${script}`;

/** A spec for a runner that has describe and it as globals. */
export const spec = `
  const {print} = require('./print.js');
  require('@tensorflow/tfjs-backend-wasm');
  it('works', () => print(['cpu', 'wasm']), 60000);
`;

/** For TypeScript: every entry, as a user calls it. */
export const consumer = `
  import * as tf from '@tensorflow/tfjs-core';
  import {losses, sparseSoftmaxCrossEntropyWithLogits} from '${manifest.name}';
  import {compileSparse} from '${manifest.name}/layers';
  import {registerGraphModelOp} from '${manifest.name}/converter';

  const logits = tf.zeros([1, 2]);
  export const loss: tf.Tensor = sparseSoftmaxCrossEntropyWithLogits([0], logits);
  export const mean: tf.Tensor = losses.sparseSoftmaxCrossEntropy([0], logits, {ignoreClass: 1});
  export const rest = [compileSparse, registerGraphModelOp];
  // @ts-expect-error: types are there at all.
  sparseSoftmaxCrossEntropyWithLogits([0]);
`;
