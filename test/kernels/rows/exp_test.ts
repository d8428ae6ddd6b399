import {exp} from '../../../src/kernels/rows/exp';
import {generator} from '../../helpers/random';

describe('exp of the cpu kernels', () => {
  const relativeError = (d: number) => Math.abs(exp(d) / Math.exp(d) - 1);

  it('is within 7e-9 of Math.exp inside the table', () => {
    const random = generator(7);
    let worst = 0;
    for (let i = 0; i < 200_000; i++) worst = Math.max(worst, relativeError(random() * 176 - 110));
    expect(worst).toBeLessThan(7e-9);
    expect(worst).toBeGreaterThan(1e-9); // The table was in use.
  });

  it('is Math.exp outside it, whichever entry a wrapped index would hit', () => {
    for (const d of [-745, -200, -112, 68, 100, 177, 178, 300, 709, -710, 1e4, -1e4]) {
      expect(exp(d)).withContext(`${d}`).toBe(Math.exp(d));
    }
    const period = (2 ** 32 * Math.LN2) / 64; // The index wraps to the same entry.
    for (const d of [period, -period, period + 1, 6e38, -6e38, 2 ** 60]) {
      expect(exp(d)).withContext(`${d}`).toBe(Math.exp(d));
    }
  });

  it('crosses the ends of the table without a step', () => {
    for (const end of [-160 * Math.LN2, 96 * Math.LN2]) {
      for (let i = -300; i <= 300; i++) expect(relativeError(end + i * 1e-4)).toBeLessThan(7e-9);
    }
  });

  it('has exp(0) = 1 and the limits at the infinities', () => {
    expect([0, -Infinity, Infinity, NaN].map(exp)).toEqual([1, 0, Infinity, NaN]);
  });
});
