/**
 * The packed package, as its users install it beside tf.js: what it holds, and that Node runs it.
 */
import {spawnSync} from 'node:child_process';
import {readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {gzipSync} from 'node:zlib';

import {build} from 'esbuild';
import {Linter} from 'eslint';

import {entries, manifest} from '../../scripts/entries';
import {
  expectGradientStep,
  gradientStep,
  packedTarball,
  projectBeside,
} from '../helpers/packed_package';

const PROGRAM = gradientStep('cpu');

/**
 * The largest size of the script, gzipped, with the kernels of every backend and two modules for
 * wasm. Raise it only for something that is worth it.
 */
const MAX_SCRIPT_KB = 34;

/** The same step by each of the other entries alone, which must bring the kernels with it. */
const LAYERS_PROGRAM = `
  const model = tf.sequential();
  model.add(tf.layers.dense({units: 4, inputShape: [2], kernelInitializer: 'zeros'}));
  sparse.compileSparse(model, {optimizer: tf.train.sgd(8)});
  const ys = tf.tensor1d([3, 0], 'int32');
  model.trainOnBatch(tf.tensor2d([[1, 0], [0, 1]]), ys).then(() => {
    console.log(JSON.stringify(Array.from(model.getWeights()[0].dataSync())));
  });
`;
const CONVERTER_PROGRAM = `
  sparse.registerGraphModelOp((name, op) => {
    const [loss] = op({inputs: [tf.zeros([1, 4]), tf.tensor1d([3], 'int32')]});
    console.log(name, loss.dataSync()[0].toFixed(4));
  });
`;

describe('the packed package', () => {
  let project: string;

  let greeting: string; // What tf.js says in Node, whoever imports it.

  beforeAll(() => {
    project = projectBeside('@tensorflow/tfjs');
    greeting = runProgram('tfjs.mjs', `import * as tf from '@tensorflow/tfjs'; tf.zeros([1]);`);
  });

  afterAll(() => rmSync(project, {recursive: true, force: true}));

  /** The output of a program, with stderr. It must not fail. */
  function run(command: string, ...args: string[]): string {
    const {status, stdout, stderr} = spawnSync(command, args, {cwd: project, encoding: 'utf8'});
    if (status !== 0) throw new Error(stdout + stderr);
    return (stderr + stdout).trim();
  }

  function runProgram(file: string, code: string): string {
    writeFileSync(path.join(project, file), code);
    return run('node', file);
  }

  /** The program takes a gradient step, and says nothing else. */
  function expectGradientStepOnly(file: string, program: string): void {
    expectGradientStep(runProgram(file, program).replace(greeting, ''));
  }

  it('takes a gradient step as an ES module', () => {
    const program = `
      import * as tf from '@tensorflow/tfjs';
      import * as sparse from '${manifest.name}';
      ${PROGRAM}`;
    expectGradientStepOnly('step.mjs', program);
  });

  it('takes a gradient step as CommonJS', () => {
    const program = `
      const tf = require('@tensorflow/tfjs');
      const sparse = require('${manifest.name}');
      (async () => {${PROGRAM}})();`;
    expectGradientStepOnly('step.cjs', program);
  });

  for (const [entry, program, printed] of [
    ['layers', LAYERS_PROGRAM, '[-1,-1,-1,3,3,-1,-1,-1]'],
    ['converter', CONVERTER_PROGRAM, 'SparseSoftmaxCrossEntropyWithLogits 1.3863'],
  ]) {
    it(`has the entry ${entry}, as an ES module and as CommonJS`, () => {
      const specifier = `${manifest.name}/${entry}`;
      const esm = `
        import * as tf from '@tensorflow/tfjs';
        import * as sparse from '${specifier}';
        ${program}`;
      const cjs = `
        const tf = require('@tensorflow/tfjs');
        const sparse = require('${specifier}');
        ${program}`;
      for (const said of [runProgram('entry.mjs', esm), runProgram('entry.cjs', cjs)]) {
        expect(said.replace(greeting, '').trim()).toBe(printed);
      }
    });
  }

  for (const {name, specifier} of entries) {
    it(`has ${specifier} where a tool does not read \`exports\``, async () => {
      // A relative path: Node and esbuild then look for the package.json of the folder.
      const folder = `./node_modules/${specifier}`;
      const program = (reached: string) => `
        console.log(Object.keys(require('${folder}')).join() === Object.keys(require('${reached}')).join());`;
      expect(runProgram('folder.cjs', program(specifier))).toBe('true');

      const {metafile} = await build({
        stdin: {contents: `import '${folder}'`, resolveDir: project},
        absWorkingDir: project,
        mainFields: ['module', 'main'],
        bundle: true,
        external: ['@tensorflow/*'],
        metafile: true,
        write: false,
      });
      expect(Object.keys(metafile.inputs)).toContain(
        `node_modules/${manifest.name}/dist/${name}.js`,
      );
    });
  }

  it('holds modules that a parser of ES2019 reads, as that of webpack 4', () => {
    const files = readdirSync('dist').filter(
      (file) => /\.c?js$/.test(file) && !/\.min\./.test(file),
    );
    expect(files.length).toBeGreaterThan(entries.length);
    for (const file of files) {
      const sourceType = file.endsWith('.cjs') ? 'commonjs' : 'module';
      const messages = new Linter().verify(readFileSync(path.join('dist', file), 'utf8'), {
        languageOptions: {ecmaVersion: 2019, sourceType},
      });
      expect(messages.map(({line, message}) => `${file}:${line} ${message}`)).toEqual([]);
    }
  });

  it('has one copy of every kernel, whichever entries are loaded', () => {
    const program = `
      import {ValueError} from '${manifest.name}';
      import {compileSparse} from '${manifest.name}/layers';
      import {registerGraphModelOp} from '${manifest.name}/converter';
      for (const wrong of [() => compileSparse(), () => registerGraphModelOp()]) {
        try { wrong(); } catch (error) { console.log(error instanceof ValueError); }
      }`;
    expect(runProgram('entries.mjs', program)).toBe('true\ntrue');
  });

  for (const {specifier} of entries) {
    it(`loads ${specifier} twice, as an ES module and as CommonJS, without a word`, () => {
      const program = `
        import {createRequire} from 'node:module';
        import * as esm from '${specifier}';
        const cjs = createRequire(import.meta.url)('${specifier}');
        console.log(Object.keys(esm).sort().join() === Object.keys(cjs).sort().join());`;
      expect(runProgram('twice.mjs', program)).toBe('true');
    });
  }

  for (const other of [manifest.name, 'second-copy']) {
    it(`shares its graph and its errors with ${other} in CommonJS`, () => {
      const program = `
        import {createRequire} from 'node:module';
        import * as tf from '@tensorflow/tfjs';
        import * as esm from '${manifest.name}';
        const cjs = createRequire(import.meta.url)('${other}');
        await tf.setBackend('cpu');
        const said = {isOneCopy: esm.losses.Graph === cjs.losses.Graph};
        for (const [way, a, b] of [['esm', esm, cjs], ['cjs', cjs, esm]]) {
          const graph = new a.losses.Graph();
          const [names, total] = graph.asDefault(() => {
            a.losses.computeWeightedLoss([1]);
            b.losses.sparseSoftmaxCrossEntropy([0], [[1, 2]], 1, {reduction: 'weighted_sum'});
            b.losses.nameScope('scope', () => a.losses.computeWeightedLoss([2]));
            const collected = graph.getCollection('losses');
            return [collected.map((loss) => graph.nameOf(loss)), a.losses.getTotalLoss()];
          });
          const errorOf = (f) => { try { f(); } catch (error) { return error; } };
          const valueError = errorOf(() => b.losses.computeWeightedLoss([1], [1, 2]));
          const invalid = errorOf(() => b.losses.sparseSoftmaxCrossEntropy([2], [[1, 2]]));
          class Own extends a.ValueError {}
          said[way] = {
            names,
            total: total.dataSync()[0].toFixed(4),
            last: graph.lastLossReduction,
            isValueError: [a, b].map(({ValueError}) => valueError instanceof ValueError),
            isInvalid: [a, b].map(({InvalidArgumentError}) => invalid instanceof InvalidArgumentError),
            isAnother: [valueError instanceof a.InvalidArgumentError, valueError instanceof Own],
            ownIs: new Own() instanceof Own && new Own() instanceof b.ValueError,
            scope: a.losses.nameScope('a', () => b.losses.nameScope('b', (scope) => scope)),
          };
        }
        console.log(JSON.stringify(said));`;
      const shared = {
        names: [
          'weighted_loss/value',
          'sparse_softmax_cross_entropy_loss/Sum',
          'scope/weighted_loss/value',
        ],
        total: '4.3133', // 1 + log(1 + e) + 2
        last: 'weighted_sum_by_nonzero_weights',
        isValueError: [true, true],
        isInvalid: [true, true],
        isAnother: [false, false],
        ownIs: true,
        scope: 'a/b/',
      };
      const output = runProgram('shared.mjs', program).replace(greeting, '');
      expect(JSON.parse(output)).toEqual({isOneCopy: false, esm: shared, cjs: shared});
    });
  }

  it('computes with both of two copies, one as CommonJS', () => {
    const copies = [
      [`import * as sparse from '${manifest.name}'`, `import 'second-copy'`],
      [`import * as sparse from 'second-copy'`, `import '${manifest.name}'`],
      [
        `import {createRequire} from 'node:module';
         const sparse = createRequire(import.meta.url)('second-copy')`,
        `import '${manifest.name}'`,
      ],
    ];
    for (const statements of copies) {
      const program = `
        import * as tf from '@tensorflow/tfjs';
        ${statements.join(';')};
        ${PROGRAM}`;
      expectGradientStepOnly('copies.mjs', program);
    }
  });

  it('keeps its kernels in a bundle that imports it for nothing else', async () => {
    await build({
      stdin: {
        contents: `
          import '${manifest.name}';
          import {getKernelsForBackend} from '@tensorflow/tfjs-core';
          console.log(getKernelsForBackend('cpu').length > 0);`,
        resolveDir: project,
      },
      bundle: true,
      treeShaking: true,
      format: 'esm',
      external: ['@tensorflow/*'],
      outfile: path.join(project, 'bundle.mjs'),
    });
    expect(run('node', 'bundle.mjs')).toBe('true');
  });

  it('holds nothing but what users need, and depends on nothing at run time', () => {
    const files = run('tar', '-tzf', packedTarball()).split('\n');
    const surplus = files.filter(
      (file) =>
        !/^package\/(dist\/|[A-Z]+(\.md)?$|((layers|converter)\/)?package\.json$)/.test(file),
    );
    expect(surplus).toEqual([]);
    expect(manifest.dependencies).toBeUndefined();
    expect(Object.keys(manifest.peerDependencies)).toEqual(['@tensorflow/tfjs-core']);
  });

  it(`holds a script of at most ${MAX_SCRIPT_KB} kB`, () => {
    expect(manifest.jsdelivr).toBe(manifest.unpkg);
    const script = readFileSync(path.join(project, 'node_modules', manifest.name, manifest.unpkg));
    expect(gzipSync(script).length).toBeLessThan(MAX_SCRIPT_KB * 1000);
  });

  it('is what publint calls clean', () => {
    const publint = path.resolve('node_modules/publint/src/cli.js');
    expect(run('node', publint, 'run', '--strict', packedTarball())).toContain('All good!');
  });

  it('has types that resolve for every consumer', () => {
    const attw = path.resolve('node_modules/@arethetypeswrong/cli/dist/index.js');
    const output = run('node', attw, '--format', 'ascii', '--no-emoji', packedTarball());
    expect(output).toContain('No problems found');
  });
});
