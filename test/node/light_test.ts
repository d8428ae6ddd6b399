/** The commands that need no more than npm install, in a checkout that has nothing else. */
import {spawnSync} from 'node:child_process';
import {cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

describe('in a checkout without tfjs-node', () => {
  let checkout: string;

  beforeAll(() => {
    checkout = mkdtempSync(path.join(tmpdir(), 'checkout-'));
    const made = ['.cache', '.git', 'dist', 'node_modules'];
    const names = readdirSync('.').filter((name) => !made.includes(name));
    for (const name of names) {
      cpSync(name, path.join(checkout, name), {recursive: true});
    }
    symlinkSync(path.resolve('node_modules'), path.join(checkout, 'node_modules'));
  });

  afterAll(() => rmSync(checkout, {recursive: true}));

  function run(...args: string[]) {
    const env = {...process.env};
    delete env.BACKENDS;
    const {status, stdout, stderr} = spawnSync('npm', ['run', '--silent', ...args], {
      cwd: checkout,
      env,
      encoding: 'utf8',
    });
    return {status, output: stdout + stderr};
  }

  it('test:node says in one line how to run without it', () => {
    const {status, output} = run('test:node', '--', 'test/ops/options_test.ts');
    expect(status).not.toBe(0);
    expect(output.trim().split('\n').at(-1)).toMatch(/no tfjs-node here.*npm run test:light/);
  });

  it('test:light says in one line what it leaves out, and passes', () => {
    const filter = '--filter=^the options of the op .*: ignoreClass 0 on ordinary rows';
    const {status, output} = run('test:light', '--', filter);
    expect(status).withContext(output).toBe(0);
    expect(output).toMatch(
      /^Specs on cpu,wasm; without tensorflow \(bash scripts\/\S+ brings it\)/,
    );
    expect(output).toMatch(/\d passed, 0 failed/);
  });
});
