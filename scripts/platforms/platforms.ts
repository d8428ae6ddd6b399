/** THE list: runtimes and tools in which the packed package is tried. */
import {bundlers} from './bundlers';
import type {Platform} from './platform';
import {consumer, main, spec} from './programs';

const esm = {modules: 'esm'} as const;

const nodes = [18, 20, 22, 24, 26].map((version): Platform => {
  const command = 'node_modules/node/bin/node main.js';
  return {
    ...esm,
    name: `Node ${version}`,
    packages: [`node@${version}`],
    files: {'main.js': main},
    command,
  };
});

const runtimes: Platform[] = [
  {
    ...esm,
    name: 'Bun',
    packages: ['@oven/bun-linux-x64'],
    files: {'main.js': main},
    command: 'node_modules/@oven/bun-linux-x64/bin/bun run main.js',
  },
  {
    ...esm,
    name: 'Deno',
    packages: ['@deno/linux-x64-glibc'],
    files: {'main.js': main},
    command: 'node_modules/@deno/linux-x64-glibc/deno run --allow-all main.js',
  },
  {
    ...esm,
    name: 'workerd',
    packages: ['@cloudflare/workerd-linux-64', 'esbuild'],
    files: {
      'worker.js': `
        import {print} from './print.js';
        export default {test: () => print(['cpu'])};`,
      'config.capnp': `
        using Workerd = import "/workerd/workerd.capnp";
        const config :Workerd.Config = (services = [(name = "main", worker = .main)]);
        const main :Workerd.Worker = (
          modules = [(name = "worker", esModule = embed "dist/worker.js")],
          compatibilityDate = "2026-01-01",
        );`,
    },
    command:
      'esbuild worker.js --bundle --minify --format=esm --outfile=dist/worker.js && ' +
      'node_modules/@cloudflare/workerd-linux-64/bin/workerd test config.capnp',
    note: 'tried on cpu alone: it has no GPU, and no files for the wasm backend to read',
  },
];

const runners: Platform[] = [
  {
    name: 'jest',
    packages: ['jest'],
    modules: 'cjs',
    files: {'main.test.js': spec},
    command: 'jest',
  },
  {
    ...esm,
    name: 'vitest',
    packages: ['vitest@4'],
    files: {
      'main.test.js': `
        import {it} from 'vitest';
        import {print} from './print.js';
        import '@tensorflow/tfjs-backend-wasm';
        it('works', () => print(['cpu', 'wasm']), 60000);`,
    },
    command: 'vitest run',
  },
  {
    name: 'mocha',
    packages: ['mocha@11'],
    modules: 'cjs',
    files: {'main.test.js': spec.replace(', 60000', '')},
    command: 'mocha --timeout 60000 main.test.js',
  },
];

const compilers = ['4.7', '4.9', '5.0', '5.9', '6.0', '7.0'].map((version): Platform => ({
  ...esm,
  name: `TypeScript ${version}`,
  packages: [`typescript@~${version}.0`],
  files: {
    'consumer.ts': consumer,
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        types: [],
        target: 'es2020',
        module: 'node16',
        moduleResolution: 'node16',
      },
      files: ['consumer.ts'],
    }),
  },
  command: `tsc --project tsconfig.json && echo 'platform: {}'`,
  note: '`skipLibCheck`, for the types of tf.js',
}));

export const platforms: readonly Platform[] = [
  ...nodes,
  ...runtimes,
  ...bundlers,
  ...runners,
  ...compilers,
];
