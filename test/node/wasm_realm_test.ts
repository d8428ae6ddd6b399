/**
 * jest and vitest run specs in a separate realm, with some globals of another, such as ArrayBuffer.
 */
import {createRequire} from 'node:module';
import path from 'node:path';
import vm from 'node:vm';

import {build} from 'esbuild';

const require = createRequire(import.meta.url);

const PROGRAM = `
  import * as tf from '@tensorflow/tfjs-core';
  import '@tensorflow/tfjs-backend-wasm';
  import {sparseSoftmaxCrossEntropyWithLogits as nn} from './src/index';
  import {simdKernels} from './src/kernels/wasm/simd';

  tf.setBackend('wasm').then(() => {
    report(simdKernels(tf.backend()) !== undefined, nn([0], [[0, 0]]).dataSync()[0]);
  });
`;

describe('in a realm with a foreign ArrayBuffer', () => {
  it('the wasm kernels run as SIMD', async () => {
    const {outputFiles} = await build({
      stdin: {contents: PROGRAM, resolveDir: '.'},
      bundle: true,
      platform: 'node',
      write: false,
    });
    const __dirname = path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm'));
    const answer = new Promise<unknown[]>((resolve) => {
      const report = (...values: unknown[]) => resolve(values);
      // As jest-environment-node does: ArrayBuffer and Uint8Array are those of the outer realm.
      const globals = {ArrayBuffer, Uint8Array, atob, console, performance, process, setTimeout};
      const context = vm.createContext({...globals, __dirname, report, require});
      vm.runInContext(outputFiles[0].text, context);
    });
    const [hasSimd, loss] = await answer;
    expect(hasSimd).toBeTrue();
    expect(loss).toBeCloseTo(Math.LN2, 6);
  });
});
