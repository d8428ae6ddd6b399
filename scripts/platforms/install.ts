/** A folder with a platform, tf.js and the packed package, kept for the next run. */
import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';

import {transformSync} from 'esbuild';

import {packedTarball} from '../../test/helpers/packed_package';
import {manifest} from '../entries';
import type {Platform} from './platform';

const TF = ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'];
const PROGRAM = ['watch', 'check', 'print'];

/** @returns the folder. */
export function install({name, packages, modules, files}: Platform): string {
  const folder = path.resolve('.cache', 'platforms', name.toLowerCase().replaceAll(' ', '-'));
  const stamp = path.join(folder, 'installed.json');
  const wanted = JSON.stringify([
    ...TF.map((each) => `${each}@${manifest.devDependencies[each]}`),
    ...packages,
  ]);
  mkdirSync(folder, {recursive: true});
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    const type = modules === 'esm' ? 'module' : 'commonjs';
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify({private: true, type}));
    npm(folder, ...JSON.parse(wanted));
    writeFileSync(stamp, wanted);
  }
  npm(folder, '--offline', '--legacy-peer-deps', '--no-save', packedTarball());
  write(folder, modules, files);
  return folder;
}

function npm(folder: string, ...args: string[]): void {
  const flags = ['--silent', '--no-audit', '--no-fund', '--fetch-retries=1'];
  execFileSync('npm', ['install', ...flags, ...args], {cwd: folder, encoding: 'utf8'});
}

function write(folder: string, format: 'esm' | 'cjs', files: Platform['files']): void {
  const program = PROGRAM.map((name) => {
    const source = readFileSync(new URL(`program/${name}.ts`, import.meta.url), 'utf8');
    return [`${name}.js`, transformSync(source, {loader: 'ts', format}).code];
  });
  for (const [file, text] of [...program, ...Object.entries(files)]) {
    const place = path.join(folder, file);
    mkdirSync(path.dirname(place), {recursive: true});
    writeFileSync(place, text);
  }
}
