import {defineConfig} from 'tsdown';

import {entries, manifest} from './scripts/entries';

/** Of the script: the name of the package in camel case. */
const globalName = manifest.name.replace(/-(.)/g, (_: string, letter: string) =>
  letter.toUpperCase(),
);

const shared = {target: 'es2020', sourcemap: true} as const;

export default defineConfig([
  {
    ...shared,
    entry: Object.fromEntries(entries.map(({name, source}) => [name, source])),
    format: ['esm', 'cjs'],
    platform: 'neutral',
    dts: true,
    fixedExtension: false,
  },
  {
    // The file for pages without a bundler: tf.js is the global `tf` there, from a script before it.
    ...shared,
    entry: {[manifest.name]: 'src/script.ts'},
    format: 'iife',
    platform: 'browser',
    globalName,
    minify: true,
    dts: false,
    outputOptions: {
      entryFileNames: '[name].min.js',
      globals: {'@tensorflow/tfjs-core': 'tf'},
      banner:
        `/*! ${manifest.name} ${manifest.version}, ${manifest.license} */\n` +
        `if(typeof tf==='undefined'||!tf.registerKernel)throw new Error('${manifest.name}: there is no ` +
        `TensorFlow.js on this page yet. Put its <script>, as @tensorflow/tfjs/dist/tf.min.js, before this one.');`,
    },
  },
]);
