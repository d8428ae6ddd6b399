/** How the pages become files: esbuild bundles everything, so that they ask no other server. */
import {readFile} from 'node:fs/promises';

import type {BuildOptions, Plugin} from 'esbuild';

import {recordedIn} from './recorded';

/** A page that imports docs/benchmarks.md gets the figures in its tables. */
const recordedFigures: Plugin = {
  name: 'recorded figures',
  setup({onLoad}) {
    onLoad({filter: /benchmarks\.md$/}, async ({path}) => ({
      contents: JSON.stringify(recordedIn(await readFile(path, 'utf8'))),
      loader: 'json',
      watchFiles: [path],
    }));
  },
};

export const bundle: BuildOptions = {
  entryPoints: [
    'demo/index.html',
    'demo/compare.html',
    'demo/digits.html',
    'demo/style.css',
    'demo/favicon.svg',
    'demo/share.png',
    'demo/model.ts',
    'demo/language_worker.ts',
    'demo/compare.ts',
    'demo/worker.ts',
    'demo/train.ts',
  ],
  outdir: 'demo/dist',
  loader: {
    '.html': 'copy',
    '.svg': 'copy',
    '.png': 'copy',
    '.gz': 'binary',
    '.txt': 'text',
    '.wasm': 'file',
  },
  plugins: [recordedFigures],
  bundle: true,
  minify: true,
  sourcemap: true,
  format: 'esm',
  splitting: true, // A page and its workers share one tf.js.
  target: 'es2022',
  logLevel: 'warning',
};
