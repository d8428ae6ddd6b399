/** Tools that make a page. */
import type {Platform} from './platform';
import {html, pageMain} from './programs';

const common = {modules: 'esm', page: 'dist'} as const;
const module = html('<script type="module" src="./main.js"></script>');
const bundle = html('<script src="./main.js"></script>');
const copyPage = 'cp page.html dist/index.html';

export const bundlers: readonly Platform[] = [
  {
    ...common,
    name: 'Vite',
    packages: ['vite'],
    files: {'main.js': pageMain, 'index.html': module},
    command: 'vite build',
  },
  {
    ...common,
    name: 'webpack',
    packages: ['webpack@5', 'webpack-cli'],
    files: {'main.js': pageMain, 'page.html': bundle},
    command: `webpack --mode production --entry ./main.js -o dist && ${copyPage}`,
  },
  {
    ...common,
    name: 'Rollup',
    packages: ['rollup', '@rollup/plugin-node-resolve', '@rollup/plugin-commonjs'],
    files: {'main.js': pageMain, 'page.html': module},
    command:
      "rollup main.js --dir dist --plugin 'node-resolve={browser:true}' --plugin commonjs && " +
      copyPage,
    note: 'its plugins `node-resolve` with `browser: true`, and `commonjs`',
  },
  {
    ...common,
    name: 'Rspack',
    packages: ['@rspack/core', '@rspack/cli'],
    files: {'main.js': pageMain, 'page.html': bundle},
    command: `rspack build --mode production --entry ./main.js -o dist && ${copyPage}`,
  },
  {
    ...common,
    name: 'esbuild',
    packages: ['esbuild'],
    files: {'main.js': pageMain, 'page.html': bundle},
    command: `esbuild main.js --bundle --minify --outfile=dist/main.js && ${copyPage}`,
  },
  {
    ...common,
    name: 'Parcel',
    packages: ['parcel', 'process', 'buffer'],
    files: {'main.js': pageMain, 'index.html': module},
    command: 'parcel build index.html --no-cache',
    note: "the packages `process` and `buffer`, for tf.js's wasm backend",
  },
  {
    ...common,
    name: 'bun build',
    packages: ['@oven/bun-linux-x64'],
    files: {'main.js': pageMain, 'page.html': module},
    command:
      'node_modules/@oven/bun-linux-x64/bin/bun build main.js --outdir dist --target browser ' +
      `--ignore-dce-annotations && ${copyPage}`,
    note: '`--ignore-dce-annotations`: it drops code of tf.js otherwise',
  },
  {
    ...common,
    name: 'Next',
    page: 'out',
    packages: ['next', 'react', 'react-dom'],
    files: {
      'main.js': pageMain,
      'app/layout.js': 'export default ({children}) => <html><body>{children}</body></html>;',
      'app/page.js': `'use client';
        import {useEffect} from 'react';
        export default function Page() {
          useEffect(() => void import('../main.js'), []);
          return null;
        }`,
      'next.config.mjs': `export default {output: 'export', turbopack: {root: import.meta.dirname}};`,
    },
    command: 'NEXT_TELEMETRY_DISABLED=1 next build',
  },
  {
    ...common,
    name: 'Metro',
    packages: ['metro', 'metro-runtime', '@babel/core', '@babel/runtime', '@babel/preset-env'],
    files: {
      'main.js': pageMain,
      'page.html': bundle,
      'babel.config.json': '{"presets": ["@babel/preset-env"]}',
      'metro.config.cjs': `module.exports = {resolver: {
        resolverMainFields: ['browser', 'module', 'main'],
        extraNodeModules: {fs: require.resolve('./empty.js'), path: require.resolve('./empty.js')},
      }};`,
      'empty.js': '',
    },
    command: `mkdir -p dist && metro build main.js --config metro.config.cjs --platform web --out dist/main.js --max-workers 2 && ${copyPage}`,
    note: '`resolverMainFields` with `browser` and `module`, and empty modules for `fs` and `path`',
  },
];
