/** The examples as programs, on the built package: each checks its own result. */
import {execFileSync} from 'node:child_process';

describe('the example program', () => {
  const run = (...args: string[]) => execFileSync('node', args, {encoding: 'utf8', stdio: 'pipe'});

  it('digits learns to read', () => {
    expect(run('examples/digits/train.js')).toMatch(/Test accuracy: 9\d\.\d %/);
  });

  it('two_heads learns two things at once', () => {
    expect(run('examples/two_heads/train.js')).toMatch(/Test accuracy: .* digit, .* parity/);
  });

  it('vocabulary starts at ln 50257 and learns', () => {
    const output = run('examples/vocabulary/train.js', '--epochs', '1');
    const [first, final] = ['First', 'Final'].map((name) =>
      Number(new RegExp(`${name} loss: (.*) nats`).exec(output)?.[1]),
    );
    expect(first).toBeCloseTo(Math.log(50257), 3);
    expect(final).toBeLessThan(first - 3);
    expect(output).toContain('\nCall me Ishmael.');
  });
});
