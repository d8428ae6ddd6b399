/** The size of this package in a page: minified by esbuild, without tf.js, gzipped. */
import {gzipSync} from 'node:zlib';

import {build, type BuildOptions, type Plugin} from 'esbuild';

import {supportedBackends} from '../../src/register';

/** The modules of two pages: one that calls a single function of the package for each. */
const pages = {
  loss: `import {losses} from './src/index'; console.log(losses.sparseSoftmaxCrossEntropy);`,
  op: `export {sparseSoftmaxCrossEntropyWithLogits} from './src/index';`,
};

export type Sizes = {readonly [page in keyof typeof pages]: number};

/** Gzipped bytes of each page with the kernels of these backends alone. */
export async function sizesWith(backendNames: readonly string[]): Promise<Sizes> {
  const options = {external: ['@tensorflow/*'], plugins: [only(backendNames)]};
  const [loss, op] = await Promise.all([gzipped(pages.loss, options), gzipped(pages.op, options)]);
  return {loss, op};
}

/** tf.js itself, with one backend and what a training step of it needs. */
export const sizeOfTf = () =>
  gzipped(
    `import '@tensorflow/tfjs-backend-webgl';
    import '@tensorflow/tfjs-core/dist/register_all_gradients';
    import {losses, train} from '@tensorflow/tfjs-core';
    console.log(losses.softmaxCrossEntropy, train.adam);`,
  );

/** By name of backend, then of all five and of none. */
export async function measure(): Promise<{[backends: string]: Sizes}> {
  const rows: {[backends: string]: Sizes} = {};
  for (const name of supportedBackends) rows[name] = await sizesWith([name]);
  rows.all = await sizesWith(supportedBackends);
  rows.none = await sizesWith([]);
  return rows;
}

async function gzipped(code: string, options: BuildOptions = {}): Promise<number> {
  const {outputFiles} = await build({
    stdin: {contents: code, resolveDir: process.cwd()},
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2019', // As tsdown.config.ts has it.
    mainFields: ['module', 'main'],
    logLevel: 'error',
    ...options,
    write: false,
  });
  return gzipSync(outputFiles[0].contents, {level: 9}).length;
}

/** Leaves out the kernels of other backends, as a separate entry for each backend would. */
const only = (backendNames: readonly string[]): Plugin => ({
  name: 'only',
  setup({onLoad}) {
    const indexes = new RegExp(`/kernels/(${supportedBackends.join('|')})/index\\.ts$`);
    onLoad({filter: indexes}, ({path}) => {
      const [, name] = indexes.exec(path) as RegExpExecArray;
      if (backendNames.includes(name)) return undefined;
      return {contents: `export const ${name}Kernels = undefined;`, loader: 'ts'};
    });
  },
});
