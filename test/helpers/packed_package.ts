/**
 * Empty projects with the packed package, as its users install it. Nothing comes from the network.
 */
import {execFileSync} from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

import {manifest} from '../../scripts/entries';

let tarball: string | undefined;

/** The tarball that `npm publish` would send, of what `npm run build` has built. */
export function packedTarball(): string {
  if (tarball === undefined) {
    if (!existsSync('dist'))
      throw new Error('There is no dist/ to pack. Run `npm run build` first.');
    const folder = path.resolve('.cache', 'packed');
    mkdirSync(folder, {recursive: true});
    execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder]);
    tarball = path.join(folder, `${manifest.name}-${manifest.version}.tgz`);
  }
  return tarball;
}

/**
 * A new project with the package, as `second-copy` too, and, linked from here with all that it
 * needs, one more.
 */
export function projectBeside(packageName: string): string {
  const project = mkdtempSync(path.join(tmpdir(), `${manifest.name}-`));
  writeFileSync(path.join(project, 'package.json'), '{"private": true}');
  // Peers are linked below; npm would fetch them.
  const flags = ['--silent', '--no-audit', '--no-fund', '--offline', '--legacy-peer-deps'];
  execFileSync('npm', ['install', ...flags, packedTarball()], {cwd: project});
  const modules = path.join(project, 'node_modules');
  cpSync(path.join(modules, manifest.name), path.join(modules, 'second-copy'), {recursive: true});
  link(project, packageName);
  return project;
}

function link(project: string, packageName: string): void {
  const place = path.join(project, 'node_modules', packageName);
  const target = path.resolve('node_modules', packageName);
  if (existsSync(place) || !existsSync(target)) return; // Missing: its dependent brings its own.
  mkdirSync(path.dirname(place), {recursive: true});
  symlinkSync(target, place, 'junction');
  const {dependencies = {}} = JSON.parse(readFileSync(path.join(target, 'package.json'), 'utf8'));
  for (const dependency of Object.keys(dependencies)) link(project, dependency);
}

/** A program: the loss before and after one gradient step, printed. It has `tf` and `sparse`. */
export const gradientStep = (backendName: string) => `
  await tf.setBackend('${backendName}');
  const logits = tf.variable(tf.zeros([2, 4]));
  const cost = () => tf.mean(sparse.sparseSoftmaxCrossEntropyWithLogits([3, 0], logits));
  const before = tf.train.sgd(8).minimize(cost, true);
  console.log(JSON.stringify([...(await before.data()), ...(await cost().data())]));
`;

/** From four equal logits, the right one goes up by 3 and the others down by 1. */
export function expectGradientStep(output: string): void {
  const [before, after] = JSON.parse(output);
  expect(before).toBeCloseTo(Math.log(4), 5);
  expect(after).toBeCloseTo(Math.log1p(3 * Math.exp(-4)), 5);
}
