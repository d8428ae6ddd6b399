/**
 * The packed package beside the oldest and the newest tf.js that `peerDependencies` allow, and the
 * one of all other specs.
 */
import {execFileSync} from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {manifest} from '../../scripts/entries';
import {launchBrowser} from '../../scripts/launch_browser';
import {isClose} from '../helpers/matchers';
import {oracle} from '../helpers/oracle';
import {outputOfServedPage} from '../helpers/output_of_page';
import {packedTarball, projectBeside} from '../helpers/packed_package';

/**
 * The parts of tf.js that another version could lack: the engine, its tape, the gradients of its
 * ops, tf.layers.
 */
const IMPORT_TF = `import * as tf from '@tensorflow/tfjs';`;
const IMPORT_PACKAGE = `
  import {losses, sparseSoftmaxCrossEntropyWithLogits as nn} from '${manifest.name}';
  import {compileSparse} from '${manifest.name}/layers';`;
const PROGRAM = `
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

function answerIn(project: string, imports = IMPORT_TF + IMPORT_PACKAGE): Answer {
  writeFileSync(path.join(project, 'peers.mjs'), imports + PROGRAM);
  const output = execFileSync('node', ['peers.mjs'], {cwd: project, encoding: 'utf8'});
  return JSON.parse(output.trim().split('\n').at(-1)!);
}

/**
 * The same losses and gradients on each backend of a page, whose programs differ with the version.
 */
const PAGE_PROGRAM = `
  const {losses, sparseSoftmaxCrossEntropyWithLogits: nn} = tfjsSparseSoftmaxCrossEntropy;
  tf.wasm.setWasmPaths('/node_modules/@tensorflow/tfjs-backend-wasm/dist/');
  const answers = [];
  for (const backendName of ['cpu', 'webgl', 'wasm']) {
    if (!(await tf.setBackend(backendName))) throw new Error('no ' + backendName);
    const x = tf.tensor2d([...Array(5 * 37)].map((_, i) => 4 * Math.sin(1.7 * i)), [5, 37]);
    const labels = tf.tensor1d([3, 0, 36, 7, 1], 'int32');
    const loss = (x) => nn(labels, x, {ignoreClass: 7, labelSmoothing: 0.1});
    const first = (x) => tf.grad(loss)(x);
    const weighted = (x) => losses.sparseSoftmaxCrossEntropy(labels, x, [1, 2, 3, 4, 5]);
    const linear = (kernel) => losses.linearSparseSoftmaxCrossEntropy(labels, x, kernel);
    const tensors = [
      loss(x),
      first(x),
      tf.grad((x) => tf.sum(tf.square(first(x))))(x),
      weighted(x),
      tf.grad(weighted)(x),
      tf.grad(linear)(tf.mul(1e-3, tf.matMul(x, x, true))),
    ];
    answers.push((await Promise.all(tensors.map((t) => t.data()))).flatMap((values) => [...values]));
  }
  console.log(JSON.stringify(answers));
`;

function npm(project: string, ...args: string[]): void {
  const flags = ['--silent', '--no-audit', '--no-fund', '--ignore-scripts', '--fetch-retries=0'];
  execFileSync('npm', ['install', ...flags, ...args], {cwd: project});
}

/** With a tf.js from the registry, kept for the next run, and the package as it is now. */
function projectWith(version: string, ...more: string[]): string {
  const project = path.resolve('.cache', `tfjs-${version}`);
  const packages = ['@tensorflow/tfjs', ...more];
  if (packages.some((name) => !existsSync(path.join(project, 'node_modules', name)))) {
    mkdirSync(project, {recursive: true});
    writeFileSync(path.join(project, 'package.json'), '{"private": true}');
    try {
      npm(project, ...packages.map((name) => `${name}@${version}`));
    } catch {
      throw new Error(
        `npm could not install ${packages.join(' and ')} at ${version}. ` +
          'The first run of this spec needs the npm registry; later ones do not.',
      );
    }
  }
  npm(project, '--offline', '--legacy-peer-deps', '--no-save', packedTarball());
  return project;
}

/** The versions of tfjs-core that npm would install for these packages, one after the other. */
function coresOf(...packages: string[]): string[] {
  const project = mkdtempSync(path.join(tmpdir(), 'peers-'));
  try {
    writeFileSync(path.join(project, 'package.json'), '{"private": true}');
    for (const each of packages) npm(project, '--package-lock-only', '--prefer-offline', each);
    const lock = JSON.parse(readFileSync(path.join(project, 'package-lock.json'), 'utf8'));
    return Object.entries<{version: string}>(lock.packages)
      .filter(([place]) => place.endsWith('node_modules/@tensorflow/tfjs-core'))
      .map(([, {version}]) => version);
  } finally {
    rmSync(project, {recursive: true, force: true});
  }
}

describe('the packed package beside another tf.js', () => {
  const range = manifest.peerDependencies['@tensorflow/tfjs-core'];
  const [, oldest] = /^>=(\S+) <5 \|\| >=4\.23\.0-0 <5$/.exec(range) as RegExpExecArray;
  const candidate = '4.23.0-rc.0'; // In no range that names stable versions alone.
  let oldProject: string;

  beforeAll(() => {
    oldProject = projectWith(oldest, '@tensorflow/tfjs-backend-wasm');
  });

  const {devDependencies} = JSON.parse(readFileSync('package.json', 'utf8'));
  const current: string = devDependencies['@tensorflow/tfjs'];
  const expectClose = (got: number[], want: number[]) => {
    expect(got.length).toBe(want.length);
    got.forEach((value, i) => {
      expect(isClose(value, want[i], {absolute: 1e-6}))
        .withContext(`[${i}] ${value}`)
        .toBeTrue();
    });
  };

  it(`answers the same: ${oldest}, ${current} and ${candidate}`, () => {
    const project = projectBeside('@tensorflow/tfjs');
    try {
      const [old, ours, next] = [oldProject, project, projectWith(candidate)].map((each) =>
        answerIn(each),
      );
      expect([old, ours, next].map(({version}) => version)).toEqual([oldest, current, candidate]);
      const logits = [1, 2, 3, 4, 0.5, 0, -1, 2];
      const {loss, backprop} = oracle({logits, labels: [3, 0], numClasses: 4});
      expect(ours.rest.length).toBe(8 + 1 + 8 + 2 + 2);
      for (const answer of [old, next]) {
        expectClose(answer.loss, loss);
        expectClose(answer.first, backprop);
        expectClose(answer.rest, ours.rest);
      }
    } finally {
      rmSync(project, {recursive: true, force: true});
    }
  });

  it(`answers the same on every backend of a page: ${oldest}`, async () => {
    const browser = await launchBrowser();
    try {
      const html = [
        '@tensorflow/tfjs/dist/tf.min.js',
        '@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js',
        `${manifest.name}/${manifest.unpkg}`,
      ].map((file) => `<script src="node_modules/${file}"></script>`);
      html.push(`<script type="module">${PAGE_PROGRAM}</script>`);
      const [line] = await outputOfServedPage(browser, oldProject, html.join(''));
      expect(line).toMatch(/^log: /);
      const [cpu, ...others] = JSON.parse(line.replace('log: ', ''));
      expect(others.length).toBe(2);
      for (const answer of others) expectClose(answer, cpu);
    } finally {
      await browser.close();
    }
  });

  it(`answers the same with two copies of tfjs-core, ${oldest} and ${current}`, () => {
    const {loss, first, rest} = answerIn(oldProject);
    const copy = path.join(oldProject, 'node_modules', manifest.name, 'node_modules');
    const core = '@tensorflow/tfjs-core';
    cpSync(path.join('node_modules', core), path.join(copy, core), {
      recursive: true,
      dereference: true,
    });
    try {
      const tfFirst = answerIn(oldProject, IMPORT_TF + IMPORT_PACKAGE);
      const packageFirst = answerIn(oldProject, IMPORT_PACKAGE + IMPORT_TF);
      for (const answer of [tfFirst, packageFirst]) {
        expectClose(answer.loss, loss);
        expectClose(answer.first, first);
        expectClose(answer.rest, rest);
      }
    } finally {
      rmSync(copy, {recursive: true});
    }
  });

  for (const version of [oldest, candidate]) {
    it(`has npm install one tfjs-core: ${version}, before it and after it`, () => {
      const tf = `@tensorflow/tfjs@${version}`;
      expect(coresOf(tf, packedTarball())).toEqual([version]);
      expect(coresOf(packedTarball(), tf)).toEqual([version]);
    });
  }

  it('has npm install a stable tfjs-core where nothing else asks for one', () => {
    expect(coresOf(packedTarball())).toEqual([jasmine.stringMatching(/^4\.\d+\.\d+$/)]);
  });
});
