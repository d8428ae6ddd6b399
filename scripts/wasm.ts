/**
 * `npm run wasm`: compiles src/kernels/wasm/assembly into src/kernels/wasm/binary.ts, which ships
 * inside the bundle. It is committed, so that the sources run without a build. `npm run build`
 * writes it again, and a spec compares.
 *
 * A module can import either memory that threads share or memory that they do not, so each is
 * compiled twice. The two differ in the import alone: their code is stored once.
 *
 * Chromium before 115 refuses to compile more than 4 kB on the main thread. So there are three
 * modules, and -O2s inlines little except what the sources mark with `inline.always`: the exp of
 * every logit. A call there would cost half as much again.
 */
import {readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

import asc from 'assemblyscript/asc';
import {format, resolveConfig} from 'prettier';

const FOLDER = 'src/kernels/wasm/assembly';
const TARGET = fileURLToPath(new URL('../src/kernels/wasm/binary.ts', import.meta.url));

const OPTIONS = [
  '-O2s',
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
  const source = `/**
 * Made from assembly/ by \`npm run wasm\`: a module in base64 is head + code, or sharedHead + code
 * for memory that threads share.
 */
export interface Binary {
  readonly head: string;
  readonly sharedHead: string;
  readonly code: string;
}
${await binary('LABELS', 'labels.ts')}
${await binary('LOSS', 'loss.ts')}
${await binary('GRAD', 'grad.ts')}
`;
  return format(source, {...(await resolveConfig(TARGET)), parser: 'typescript'});
}

async function binary(name: string, file: string): Promise<string> {
  const plain = await compile(file, OPTIONS);
  const shared = await compile(file, [...OPTIONS, ...SHARED]);
  // Base64 encodes three bytes as four characters, so it may be cut between two such groups.
  let length = 0;
  while (plain.slice(-length - 4) === shared.slice(-length - 4)) length += 4;
  return `
export const ${name}: Binary = {
  head: '${plain.slice(0, -length)}',
  sharedHead: '${shared.slice(0, -length)}',
  code: '${plain.slice(-length)}',
};`;
}

/** The module in base64. */
async function compile(file: string, options: string[]): Promise<string> {
  let bytes: Uint8Array | undefined;
  const {error, stderr} = await asc.main(
    [`${FOLDER}/${file}`, '--outFile', 'out.wasm', ...options],
    {
      writeFile: (name, contents) => {
        if (name === 'out.wasm') bytes = contents as Uint8Array;
      },
    },
  );
  if (error || !bytes) throw new Error(`${error?.message}\n${stderr.toString()}`);
  return Buffer.from(bytes).toString('base64');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const source = await binarySource();
  if (readFileSync(TARGET, {encoding: 'utf8', flag: 'a+'}) !== source)
    writeFileSync(TARGET, source);
}
