/** The examples as programs, on the built package: each checks its own result. */
import {execFileSync} from 'node:child_process';

describe('the example program', () => {
  const run = (path: string) => execFileSync('node', [path], {encoding: 'utf8', stdio: 'pipe'});

  it('digits learns to read', () => {
    expect(run('examples/digits/train.js')).toMatch(/Test accuracy: 9\d\.\d %/);
  });

  it('two_heads learns two things at once', () => {
    expect(run('examples/two_heads/train.js')).toMatch(/Test accuracy: .* digit, .* parity/);
  });
});
