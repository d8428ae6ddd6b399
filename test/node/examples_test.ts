/**
 * Every JavaScript example of the README and of the docstrings runs, and prints what it says.
 *
 * In an example, a comment on a line of its own is a line of its output.
 */
import {readdirSync, readFileSync} from 'node:fs';

import * as tf from '@tensorflow/tfjs';

import * as converter from '../../src/converter';
import * as sparse from '../../src/index';
import * as layers from '../../src/layers';

const sources = [
  'README.md',
  ...readdirSync('src', {recursive: true})
    .map((name) => `src/${name}`)
    .filter((name) => name.endsWith('.ts')),
];

/** The ```js blocks of a file, without the ` * ` of a docstring. */
function examplesOf(path: string): string[] {
  const text = readFileSync(path, 'utf8').replace(/^ \* ?/gm, '');
  return [...text.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code);
}

async function outputOf(code: string): Promise<string[]> {
  const lines: string[] = [];
  const log = spyOn(console, 'log').and.callFake((...values: unknown[]) => {
    lines.push(...values.join(' ').split('\n'));
  });
  const body = code.replace(/^import [^;]*;$/gm, '');
  const names = {tf, ...sparse, ...layers, ...converter};
  const run = new Function(...Object.keys(names), `return (async () => {${body}})();`);
  tf.engine().startScope();
  try {
    await run(...Object.values(names));
  } finally {
    tf.engine().endScope();
    log.and.callThrough();
  }
  return lines;
}

describe('the example', () => {
  beforeAll(() => tf.setBackend('cpu'));

  for (const path of sources) {
    examplesOf(path).forEach((code, i) => {
      it(`${i + 1} of ${path} prints what it says`, async () => {
        const said = [...code.matchAll(/^\/\/ (.*)$/gm)].map(([, line]) => line);
        expect(await outputOf(code)).toEqual(said);
      });
    });
  }

  it('is there in the README, at both ops and at what the other entries export', () => {
    const withExamples = sources.filter((path) => examplesOf(path).length > 0);
    expect(withExamples).toEqual(
      jasmine.arrayContaining([
        'README.md',
        'src/converter.ts',
        'src/layers/compile_sparse.ts',
        'src/layers/sparse_categorical_crossentropy.ts',
        'src/ops/raw_ops.ts',
        'src/ops/sparse_softmax_cross_entropy_with_logits.ts',
      ]),
    );
  });
});
