import {defineConfig} from 'tsdown';

import {entries, manifest} from './scripts/entries';
import {writePublicTypes} from './scripts/public_types';

/** The global of the script: the package's name in camel case. */
const globalName = manifest.name.replace(/-(.)/g, (_: string, letter: string) =>
  letter.toUpperCase(),
);

/**
 * The start of the script. A script of tf.js that fails leaves an empty object; an element with the
 * id `tf` is a global too.
 */
const checkOfTf =
  `if(typeof tf==='undefined'||!tf.registerKernel)throw new Error('${manifest.name}: '+(` +
  `typeof tf==='object'&&tf.constructor===Object` +
  `?'Load @tensorflow/tfjs/dist/tf.es2017.min.js instead of tf.min.js if a Content-Security-Policy ' +` +
  `'forbids eval. TensorFlow.js began to load on this page and failed: the first error says why.'` +
  `:'there is no TensorFlow.js on this page yet. ' +` +
  `'Put its <script>, as @tensorflow/tfjs/dist/tf.min.js, before this one.'));`;

/** Removes lines of shaders that are comments. No minifier drops a comment in a template string. */
const dropShaderComments = {
  name: 'drop shader comments',
  transform: {
    filter: {id: /kernels\/web(gl|gpu)\//},
    handler: (source: string) => ({code: source.replace(/^ *\/\/.*$/gm, ''), map: null}),
  },
};

export default defineConfig([
  {
    plugins: [dropShaderComments],
    // webpack 4 reads no newer syntax.
    target: 'es2019',
    sourcemap: true,
    entry: Object.fromEntries(entries.map(({name, source}) => [name, source])),
    format: ['esm', 'cjs'],
    platform: 'neutral',
    dts: true,
    fixedExtension: false,
    // In CommonJS rolldown puts its helpers into an entry, and the other entries would need it
    // first.
    outputOptions: {codeSplitting: {groups: [{name: 'runtime', test: /rolldown\/runtime/}]}},
    hooks: {'build:done': ({options}) => writePublicTypes(options.outDir)},
  },
  {
    plugins: [dropShaderComments],
    // The file for pages without a bundler: tf.js is the global `tf` there, from a script before
    // it.
    target: 'es2020',
    sourcemap: true,
    entry: {[manifest.name]: 'src/script.ts'},
    format: 'iife',
    platform: 'browser',
    globalName,
    minify: true,
    dts: false,
    outputOptions: {
      entryFileNames: '[name].min.js',
      globals: {'@tensorflow/tfjs-core': 'tf'},
      banner: `/*! ${manifest.name} ${manifest.version}, ${manifest.license} */\n${checkOfTf}`,
    },
  },
]);
