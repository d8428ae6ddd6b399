/** Installs a platform and runs the program there. */
import {execFile} from 'node:child_process';
import {readFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import {promisify, stripVTControlCharacters} from 'node:util';

import type {Browser} from 'playwright-core';

import {failureOf} from './failure_of';
import {install} from './install';
import type {Platform} from './platform';
import type {Answer} from './program/check';

export interface Tried {
  readonly name: string;
  readonly package: string;
  readonly version?: string;
  readonly answer?: Partial<Answer>;
  /** Why it does not work. */
  readonly failure?: string;
}

const MINUTES = 60_000;

export async function tryPlatform(platform: Platform, browser: Browser): Promise<Tried> {
  const {name, packages, command, page} = platform;
  const packageName = packages[0].replace(/(.)@.*/, '$1');
  const tried = {name, package: packageName};
  let version: string | undefined;
  try {
    const folder = install(platform);
    const manifest = path.join(folder, 'node_modules', packageName, 'package.json');
    version = JSON.parse(readFileSync(manifest, 'utf8')).version;
    if (page) rmSync(path.join(folder, page), {recursive: true, force: true});
    const output = await run(command, folder);
    const answer = parse(page ? await openPage(browser, folder, page) : output);
    return {...tried, version, answer, failure: failureOf(answer)};
  } catch (error) {
    return {...tried, version, failure: reasonOf(error as Error)};
  }
}

async function run(command: string, cwd: string): Promise<string> {
  const bin = path.join(cwd, 'node_modules', '.bin');
  const env = {...process.env, PATH: `${bin}:${process.env.PATH}`, NODE_OPTIONS: '', CI: '1'};
  const options = {cwd, env, timeout: 5 * MINUTES, maxBuffer: 1e8};
  const {stdout, stderr} = await promisify(execFile)('bash', ['-c', command], options);
  return stdout + stderr;
}

/** Returns what the page writes to its console. Its server has tf.js's binaries under /wasm/. */
async function openPage(browser: Browser, folder: string, page: string): Promise<string> {
  const wasm = path.join(folder, 'node_modules/@tensorflow/tfjs-backend-wasm/dist');
  const context = await browser.newContext();
  await context.route('**/*', (route, request) => {
    const {pathname} = new URL(request.url());
    const file = pathname.endsWith('/') ? 'index.html' : path.basename(pathname);
    const place = pathname.startsWith('/wasm/')
      ? path.join(wasm, file)
      : path.join(folder, page, path.dirname(pathname + ' '), file);
    return route.fulfill({path: place});
  });
  try {
    const opened = await context.newPage();
    const lines: string[] = [];
    const answered = new Promise<void>((resolve) => {
      opened.on('console', (message) => {
        lines.push(message.text());
        if (message.text().startsWith('platform: ')) resolve();
      });
      opened.on('pageerror', (error) => lines.push(`${error}`));
    });
    await opened.goto('http://localhost/');
    await Promise.race([answered, opened.waitForTimeout(2 * MINUTES)]);
    return lines.join('\n');
  } finally {
    await context.close();
  }
}

function parse(output: string): Partial<Answer> {
  const [, json] = /platform: (\{.*\})/.exec(output) ?? [];
  if (json === undefined) throw new Error(`It prints no answer. ${output.slice(-300)}`);
  const answer = JSON.parse(json);
  if (answer.error) throw new Error(answer.error);
  return answer;
}

/** The line that says it, for a cell of the table. */
function reasonOf(error: Error & {stdout?: string; stderr?: string}): string {
  const lines = `${error.stdout ?? ''}\n${error.stderr ?? ''}\n${error.message}`.split('\n');
  const says = /error|failed to|cannot/i;
  const line = lines.find((each) => says.test(each) && each.length < 300) ?? error.message;
  return stripVTControlCharacters(line).replaceAll(/[|`]/g, ' ').trim().slice(0, 200);
}
