/**
 * `npm run wasm`: compiles src/kernels/wasm/assembly into src/kernels/wasm/binary.ts, which ships inside the
 * bundle. It is committed, so that everything that runs the sources runs at once; `npm run build`
 * writes it anew and a spec compares.
 *
 * Twice: memory that threads share can only be imported as such, and other memory only as other.
 */
import {readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

import asc from 'assemblyscript/asc';
import {format, resolveConfig} from 'prettier';

const SOURCE = 'src/kernels/wasm/assembly/index.ts';
const TARGET = fileURLToPath(new URL('../src/kernels/wasm/binary.ts', import.meta.url));

const OPTIONS = [
  '-O3',
  '--converge',
  '--noAssert',
  '--enable',
  'simd',
  '--runtime',
  'stub',
  '--importMemory',
  '--noExportMemory',
  '--use',
  'abort=',
];
/** As large as tf.js declares its own. */
const SHARED = [
  '--sharedMemory',
  '--initialMemory',
  '0',
  '--maximumMemory',
  '65536',
  '--enable',
  'threads',
];

/** What binary.ts must hold. */
export async function binarySource(): Promise<string> {
  const source =
    '/** Made from assembly/ by `npm run wasm`. */\n' +
    `export const BINARY = '${await compile(OPTIONS)}';\n\n` +
    '/** The same for memory that threads share. */\n' +
    `export const SHARED_BINARY = '${await compile([...OPTIONS, ...SHARED])}';\n`;
  return format(source, {...(await resolveConfig(TARGET)), parser: 'typescript'});
}

/** The module in base64. */
async function compile(options: string[]): Promise<string> {
  let binary: Uint8Array | undefined;
  const {error, stderr} = await asc.main([SOURCE, '--outFile', 'out.wasm', ...options], {
    writeFile: (name, contents) => {
      if (name === 'out.wasm') binary = contents as Uint8Array;
    },
  });
  if (error || !binary) throw new Error(`${error?.message}\n${stderr.toString()}`);
  return Buffer.from(binary).toString('base64');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const source = await binarySource();
  if (readFileSync(TARGET, {encoding: 'utf8', flag: 'a+'}) !== source)
    writeFileSync(TARGET, source);
}
