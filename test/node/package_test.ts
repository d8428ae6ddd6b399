/** The packed package in an empty project beside tf.js, as its users install it. */
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

const {name, version, devDependencies} = JSON.parse(readFileSync('package.json', 'utf8'));

/** One gradient step, printed. */
const PROGRAM = `
  const logits = tf.variable(tf.zeros([2, 4]));
  const cost = () => tf.mean(sparseSoftmaxCrossEntropyWithLogits([3, 0], logits));
  tf.train.sgd(8).minimize(cost);
  console.log(JSON.stringify(Array.from(logits.dataSync())));
`;
const PRINTED = JSON.stringify([-1, -1, -1, 3, 3, -1, -1, -1]);

/** The same step by each of the other entries alone, which must bring the kernels with it. */
const LAYERS_PROGRAM = `
  const model = tf.sequential();
  model.add(tf.layers.dense({units: 4, inputShape: [2], kernelInitializer: 'zeros'}));
  compileSparse(model, {optimizer: tf.train.sgd(8)});
  const ys = tf.tensor1d([3, 0], 'int32');
  model.trainOnBatch(tf.tensor2d([[1, 0], [0, 1]]), ys).then(() => {
    console.log(JSON.stringify(Array.from(model.getWeights()[0].dataSync())));
  });
`;
const CONVERTER_PROGRAM = `
  registerGraphModelOp((name, op) => {
    const [loss] = op({inputs: [tf.zeros([1, 4]), tf.tensor1d([3], 'int32')]});
    console.log(name, loss.dataSync()[0].toFixed(4));
  });
`;

describe('the packed package', () => {
  let project: string;
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, {cwd: project, encoding: 'utf8'});

  beforeAll(() => {
    project = mkdtempSync(path.join(tmpdir(), `${name}-`));
    execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', project]);
    writeFileSync(path.join(project, 'package.json'), '{"private": true}');
    const tfjs = `@tensorflow/tfjs@${devDependencies['@tensorflow/tfjs']}`;
    const flags = ['--silent', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts'];
    run('npm', 'install', ...flags, `./${name}-${version}.tgz`, tfjs);
  });

  afterAll(() => rmSync(project, {recursive: true, force: true}));

  it('takes a gradient step as an ES module', () => {
    writeFileSync(
      path.join(project, 'step.mjs'),
      `import * as tf from '@tensorflow/tfjs';
       import {sparseSoftmaxCrossEntropyWithLogits} from '${name}';
       ${PROGRAM}`,
    );
    expect(run('node', 'step.mjs').trim().split('\n').at(-1)).toBe(PRINTED);
  });

  it('takes a gradient step as CommonJS', () => {
    writeFileSync(
      path.join(project, 'step.cjs'),
      `const tf = require('@tensorflow/tfjs');
       const {sparseSoftmaxCrossEntropyWithLogits} = require('${name}');
       ${PROGRAM}`,
    );
    expect(run('node', 'step.cjs').trim().split('\n').at(-1)).toBe(PRINTED);
  });

  for (const [entry, names, program, printed] of [
    ['layers', '{compileSparse}', LAYERS_PROGRAM, PRINTED],
    ['converter', '{registerGraphModelOp}', CONVERTER_PROGRAM, 'SparseSoftmaxCrossEntropyWithLogits 1.3863'], // prettier-ignore
  ]) {
    it(`has the entry ${entry}, as an ES module and as CommonJS`, () => {
      const [mjs, cjs] = [`${entry}.mjs`, `${entry}.cjs`];
      writeFileSync(
        path.join(project, mjs),
        `import * as tf from '@tensorflow/tfjs';
         import ${names} from '${name}/${entry}';
         ${program}`,
      );
      writeFileSync(
        path.join(project, cjs),
        `const tf = require('@tensorflow/tfjs');
         const ${names} = require('${name}/${entry}');
         ${program}`,
      );
      for (const file of [mjs, cjs]) {
        expect(run('node', file).trim().split('\n').at(-1)).toBe(printed);
      }
    });
  }

  it('has one copy of every kernel, whichever entries are loaded', () => {
    writeFileSync(
      path.join(project, 'entries.mjs'),
      `import {ValueError} from '${name}';
       import {compileSparse} from '${name}/layers';
       import {registerGraphModelOp} from '${name}/converter';
       for (const wrong of [() => compileSparse(), () => registerGraphModelOp()]) {
         try { wrong(); } catch (error) { console.log(error instanceof ValueError); }
       }`,
    );
    expect(run('node', 'entries.mjs').trim()).toBe('true\ntrue');
  });

  it('stays silent when loaded twice', () => {
    writeFileSync(
      path.join(project, 'twice.mjs'),
      `import {createRequire} from 'node:module';
       import '${name}';
       import '${name}/layers';
       import '${name}/converter';
       const require = createRequire(import.meta.url);
       ['', '/layers', '/converter'].forEach((entry) => require('${name}' + entry));`,
    );
    expect(run('node', 'twice.mjs')).toBe('');
  });

  it('holds nothing but what users need, and depends on nothing at run time', () => {
    const files = run('tar', '-tzf', `${name}-${version}.tgz`).trim().split('\n');
    const surplus = files.filter((file) => !/^package\/(dist\/|[A-Z]+(\.md)?$|package\.json$)/.test(file)); // prettier-ignore
    expect(surplus).toEqual([]);
    const manifest = JSON.parse(readFileSync(path.join(project, `node_modules/${name}/package.json`), 'utf8')); // prettier-ignore
    expect(manifest.dependencies).toBeUndefined();
    expect(Object.keys(manifest.peerDependencies)).toEqual(['@tensorflow/tfjs-core']);
  });
});
