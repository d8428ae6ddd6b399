/** npm test says what it installs, and what this user must install. */
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

describe('a machine without browsers and apt-get', () => {
  let bin: string;

  beforeAll(() => {
    bin = mkdtempSync(path.join(tmpdir(), 'no-browsers-'));
    for (const tool of ['bash', 'cat', 'dirname', 'env', 'id', 'node', 'uname']) {
      const found = execFileSync('bash', ['-c', `command -v ${tool}`], {encoding: 'utf8'});
      symlinkSync(found.trim(), path.join(bin, tool));
    }
  });

  afterAll(() => rmSync(bin, {recursive: true}));

  /** None of the variables that name a browser or a display. */
  const run = (script: string) =>
    spawnSync('bash', [script], {env: {PATH: bin, HOME: bin}, encoding: 'utf8'});

  it('is told what is missing before anything is installed', () => {
    const {status, stdout} = run('scripts/announce_installs.sh');
    expect(status).toBe(0);
    expect(stdout).toMatch(/chromium firefox-esr .*\n.*browsers of the specs. This user cannot/);
    expect(stdout).toContain('npm run test:light');
  });

  it('is told the packages to install, and stops', () => {
    const {status, stdout, stderr} = run('scripts/install_browsers.sh');
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/sudo apt-get install chromium firefox-esr /);
    expect(stderr).toContain('WEBKIT_BIN=/path/to/MiniBrowser');
  });
});
