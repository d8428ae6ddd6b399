/** The examples as programs, on the built package: each checks its own result. */
import {execFileSync, spawnSync} from 'node:child_process';
import {cpSync, mkdtempSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

describe('the example program', () => {
  const run = (...args: string[]) => execFileSync('node', args, {encoding: 'utf8', stdio: 'pipe'});

  it('digits learns to read', () => {
    expect(run('examples/digits/train.js')).toMatch(/Test accuracy: 9\d\.\d %/);
  });

  it('two_heads learns two things at once', () => {
    expect(run('examples/two_heads/train.js')).toMatch(/Test accuracy: .* digit, .* parity/);
  });

  it('vocabulary says what is wrong with its options', () => {
    const {status, stderr} = spawnSync(
      'node',
      ['examples/vocabulary/train.js', '--epochs', 'abc'],
      {encoding: 'utf8'},
    );
    expect(status).toBe(1);
    expect(stderr).toContain("argument 'abc' is invalid. It must be a whole number of 1 or more.");
    expect(stderr).not.toContain('at ');
  });

  it('vocabulary says how to install what it lacks', () => {
    // As in a fresh checkout: the example without .cache.
    const folder = mkdtempSync(path.join(tmpdir(), 'checkout-'));
    try {
      cpSync('examples', path.join(folder, 'examples'), {recursive: true});
      cpSync('package.json', path.join(folder, 'package.json'));
      cpSync('dist', path.join(folder, 'dist'), {recursive: true});
      symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'));
      const {status, stderr} = spawnSync(
        'node',
        ['examples/vocabulary/train.js', '--backend', 'tensorflow'],
        {cwd: folder, encoding: 'utf8'},
      );
      expect(status).toBe(1);
      expect(stderr).toContain('bash scripts/install_tfjs_node.sh');
      expect(stderr).not.toContain('MODULE_NOT_FOUND');
    } finally {
      rmSync(folder, {recursive: true});
    }
  });

  it('vocabulary starts at ln 50257, learns, and continues on another backend from a saved model', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'model-'));
    try {
      const output = run('examples/vocabulary/train.js', '--epochs', '1', '--save', folder);
      const lossOf = (name: string, text: string) =>
        Number(new RegExp(`${name}: (.*?) nats`).exec(text)?.[1]);
      const final = lossOf('Final loss', output);
      expect(lossOf('First loss', output)).toBeCloseTo(Math.log(50257), 3);
      expect(final).toBeLessThan(Math.log(50257) - 3);
      expect(lossOf('Held-out text', output)).toBeGreaterThan(final);
      expect(output).toMatch(/Held-out text: .* perplexity \S+, \d+\.\d % of the tokens guessed/);
      expect(output).toContain('\nCall me Ishmael.');

      const more = ['--backend', 'tensorflow', '--epochs', '1', '--load', folder];
      const how = ['--prompt', 'Whenever I', '--temperature', '0.5'];
      const later = run('examples/vocabulary/train.js', ...more, ...how);
      expect(lossOf('First loss', later)).toBeLessThan(Math.log(50257) - 3);
      expect(lossOf('Final loss', later)).toBeLessThan(final);
      expect(later).toContain('\nWhenever I');
    } finally {
      rmSync(folder, {recursive: true});
    }
  });
});
