/** The packed package beside the oldest tf.js that `peerDependencies` allows, and the one of all other specs. */
import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';

import {manifest} from '../../scripts/entries';
import {isClose} from '../helpers/matchers';
import {oracle} from '../helpers/oracle';
import {packedTarball, projectBeside} from '../helpers/packed_package';

/** What could miss in another version: the engine, its tape, the gradients of its ops, tf.layers. */
const PROGRAM = `
  import * as tf from '@tensorflow/tfjs';
  import {losses, sparseSoftmaxCrossEntropyWithLogits as nn} from '${manifest.name}';
  import {compileSparse} from '${manifest.name}/layers';

  await tf.setBackend('cpu');
  const labels = tf.tensor1d([3, 0], 'int32');
  const x = tf.tensor2d([[1, 2, 3, 4], [0.5, 0, -1, 2]]);
  const loss = (x) => nn(labels, x);
  const first = (x) => tf.grad(loss)(x);
  const options = {ignoreClass: 1, labelSmoothing: 0.1, reduction: losses.Reduction.MEAN};
  const weighted = (x) => losses.sparseSoftmaxCrossEntropy(labels, x, [2, 3], options);

  const model = tf.sequential();
  model.add(tf.layers.dense({units: 4, inputShape: [2], kernelInitializer: 'zeros'}));
  compileSparse(model, {optimizer: tf.train.sgd(8), metrics: ['accuracy']});
  const xs = tf.tensor2d([[1, 0], [0, 1]]);
  const {history} = await model.fit(xs, labels, {epochs: 2, verbose: 0});

  console.log(JSON.stringify({
    version: tf.version_core,
    loss: [...(await loss(x).data())],
    first: [...(await first(x).data())],
    rest: [
      ...(await tf.grad((x) => tf.sum(tf.square(first(x))))(x).data()),
      ...(await weighted(x).data()),
      ...(await tf.grad(weighted)(x).data()),
      ...history.loss,
      ...history.acc,
    ],
  }));
`;

interface Answer {
  readonly version: string;
  readonly loss: number[];
  readonly first: number[];
  readonly rest: number[];
}

function answerIn(project: string): Answer {
  writeFileSync(path.join(project, 'peers.mjs'), PROGRAM);
  const output = execFileSync('node', ['peers.mjs'], {cwd: project, encoding: 'utf8'});
  return JSON.parse(output.trim().split('\n').at(-1)!);
}

/** With a tf.js from the registry, kept for the next run, and the package as it is now. */
function projectWith(version: string): string {
  const project = path.resolve('.cache', `tfjs-${version}`);
  const npm = (...args: string[]) =>
    execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', ...args], {
      cwd: project,
    });
  if (!existsSync(path.join(project, 'node_modules/@tensorflow/tfjs/package.json'))) {
    mkdirSync(project, {recursive: true});
    writeFileSync(path.join(project, 'package.json'), '{"private": true}');
    try {
      npm('--ignore-scripts', '--fetch-retries=0', `@tensorflow/tfjs@${version}`);
    } catch {
      throw new Error(
        `npm could not install @tensorflow/tfjs@${version}, the oldest that peerDependencies name. ` +
          'The first run of this spec needs the npm registry; later ones do not.',
      );
    }
  }
  npm('--offline', '--legacy-peer-deps', '--no-save', packedTarball());
  return project;
}

describe('the packed package beside another tf.js', () => {
  const [, oldest] = /^>=(\S+) <5$/.exec(
    manifest.peerDependencies['@tensorflow/tfjs-core'],
  ) as RegExpExecArray;
  const {devDependencies} = JSON.parse(readFileSync('package.json', 'utf8'));
  const newest: string = devDependencies['@tensorflow/tfjs'];
  const expectClose = (got: number[], want: number[]) => {
    expect(got.length).toBe(want.length);
    got.forEach((value, i) => {
      expect(isClose(value, want[i], {absolute: 1e-6}))
        .withContext(`[${i}] ${value}`)
        .toBeTrue();
    });
  };

  it(`answers the same: ${oldest} and ${newest}`, () => {
    const project = projectBeside('@tensorflow/tfjs');
    try {
      const [old, current] = [projectWith(oldest), project].map(answerIn);
      expect([old.version, current.version]).toEqual([oldest, newest]);
      const logits = [1, 2, 3, 4, 0.5, 0, -1, 2];
      const {loss, backprop} = oracle({logits, labels: [3, 0], numClasses: 4});
      expectClose(old.loss, loss);
      expectClose(old.first, backprop);
      expect(old.rest.length).toBe(8 + 1 + 8 + 2 + 2);
      expectClose(old.rest, current.rest);
    } finally {
      rmSync(project, {recursive: true, force: true});
    }
  });
});
