/**
 * Every JavaScript example of the README, of docs/ and of the docstrings runs, and prints what it
 * says.
 *
 * In an example, a line that is only a comment is a line of its output.
 */
import {readdirSync, readFileSync} from 'node:fs';

import * as tf from '@tensorflow/tfjs';

import {entries, manifest} from '../../scripts/entries';
import {descriptionOf} from '../backends';
import {startBackend} from '../helpers/backends';

const sources = [
  'README.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  ...readdirSync('src', {recursive: true})
    .map((name) => `src/${name}`)
    .filter((name) => name.endsWith('.ts')),
];

/** A file without the ` * ` of its docstrings. */
const textOf = (path: string) => readFileSync(path, 'utf8').replace(/^ *\* ?/gm, '');

/** The ```js blocks of a file. */
function examplesOf(path: string): string[] {
  return [...textOf(path).matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code);
}

/** The names that an example may use: tf.js, and the exports of all entries. */
const names: {[name: string]: unknown} = {tf};
for (const {source} of entries) Object.assign(names, await import(`../../${source}`));

async function outputOf(code: string): Promise<string[]> {
  const lines: string[] = [];
  const log = spyOn(console, 'log').and.callFake((...values: unknown[]) => {
    lines.push(...values.join(' ').split('\n'));
  });
  const body = code.replace(/^import [^;]*;$/gm, '');
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

/** `import {...} from 'of this package';` */
const IMPORTS = new RegExp(`^import \\{([^}]*)\\} from '(${manifest.name}[^']*)';$`, 'gm');

/**
 * The gradient of tf.losses.softmaxCrossEntropy does not pass the engine's check of each kernel.
 */
const UNCHECKED = new Set(['docs/coming-from.md']);

describe('the example', () => {
  beforeAll(() => tf.setBackend('cpu'));

  afterEach(() => tf.env().set('IS_TEST', tf.getBackend() === 'cpu'));

  it('imports from the entries what they export', async () => {
    let count = 0;
    for (const path of sources) {
      for (const [, names, specifier] of textOf(path).matchAll(IMPORTS)) {
        const entry = entries.find((each) => each.specifier === specifier);
        expect(entry).withContext(`${path}: ${specifier}`).toBeDefined();
        const exported = Object.keys(await import(`../../${entry?.source}`));
        for (const name of names.split(',').map((name) => name.trim())) {
          if (name) expect(exported).withContext(path).toContain(name);
        }
        count++;
      }
    }
    expect(count).toBeGreaterThan(3);
  });

  for (const path of sources) printsWhatItSays(path);

  // The recipes are for wasm too, where tf.js lacks kernels that cpu has.
  describe('on wasm:', () => {
    beforeAll(() => startBackend('wasm', descriptionOf('wasm').flags));
    afterAll(() => startBackend('cpu', {}));

    printsWhatItSays('docs/recipes.md');
  });

  function printsWhatItSays(path: string) {
    examplesOf(path).forEach((code, i) => {
      it(`${i + 1} of ${path} prints what it says`, async () => {
        const said = [...code.matchAll(/^\/\/ (.*)$/gm)].map(([, line]) => line);
        if (UNCHECKED.has(path)) tf.env().set('IS_TEST', false);
        expect(await outputOf(code)).toEqual(said);
      });
    });
  }

  it('is there wherever a docstring or a page opens a block of code', () => {
    // Shell lines are not for running here; the page is for test/node/package_browser_test.ts.
    const elsewhere = new Set([
      'README.md: sh',
      'docs/backends.md: html',
      'docs/coming-from.md: py',
    ]);
    for (const path of sources) {
      const opened = [...textOf(path).matchAll(/^ *(`{3,}|~{3,})(.*)\n[^]*?\n *\1$/gm)]
        .map(([, , language]) => language)
        .filter((language) => !elsewhere.has(`${path}: ${language}`));
      expect(opened)
        .withContext(path)
        .toEqual(examplesOf(path).map(() => 'js'));
    }
  });

  it('is there at every op and for every entry', () => {
    const withExamples = sources.filter((path) => examplesOf(path).length > 0);
    const ops = sources.filter((path) => /\bop\(\{/.test(textOf(path)));
    const folders = entries.map(({source}) => source.replace(/(index)?\.ts$/, ''));
    expect(ops.filter((path) => !withExamples.includes(path))).toEqual([]);
    expect(
      folders.filter((folder) => !withExamples.some((path) => path.startsWith(folder))),
    ).toEqual([]);
    expect(withExamples).toContain('README.md');
  });
});
