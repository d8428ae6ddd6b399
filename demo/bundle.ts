/** How the pages become files: esbuild bundles everything, so that they ask no other server. */
import type {BuildOptions} from 'esbuild';

export const bundle: BuildOptions = {
  entryPoints: [
    'demo/index.html',
    'demo/compare.html',
    'demo/model.html',
    'demo/style.css',
    'demo/train.ts',
    'demo/compare.ts',
    'demo/worker.ts',
    'demo/model.ts',
    'demo/language_worker.ts',
  ],
  outdir: 'demo/dist',
  loader: {'.html': 'copy', '.gz': 'binary', '.txt': 'text', '.wasm': 'file'},
  bundle: true,
  minify: true,
  sourcemap: true,
  format: 'esm',
  splitting: true, // A page and its workers share one tf.js.
  target: 'es2022',
};
