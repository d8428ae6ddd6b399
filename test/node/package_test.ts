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

  it('stays silent when loaded twice', () => {
    writeFileSync(
      path.join(project, 'twice.mjs'),
      `import {createRequire} from 'node:module';
       import '${name}';
       createRequire(import.meta.url)('${name}');`,
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
