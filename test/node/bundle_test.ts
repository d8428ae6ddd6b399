/** The sizes of a bundle in docs/backends.md and the README are those of today. */
import {readFileSync} from 'node:fs';

import {measure, sizeOfTf} from '../../scripts/bundle/measure';
import {bundleText} from '../../scripts/bundle/table';
import {readBetweenMarks} from '../../scripts/write_between_marks';

/** The relative change of a size after which `npm run bundle` must run again. */
const TOLERANCE = 0.05;

const kilobytes = (text: string) => [...text.matchAll(/([\d.]+) kB/g)].map(([, kB]) => Number(kB));

describe('the size of a bundle', () => {
  it('is what docs/backends.md says; npm run bundle writes it', async () => {
    const written = readBetweenMarks('docs/backends.md', 'bundle');
    const rows = await measure();
    const text = bundleText(rows, await sizeOfTf());
    const labels = (page: string) =>
      [...page.matchAll(/^\| (\S.*?) +\|/gm)].map(([, label]) => label);
    expect(labels(written)).toEqual(labels(text));
    const [said, measured] = [written, text].map(kilobytes);
    expect(said.length).toBe(measured.length);
    said.forEach((kB, i) => {
      const relative = Math.abs(kB - measured[i]) / measured[i];
      expect(relative).withContext(`${kB} kB, now ${measured[i]}`).toBeLessThan(TOLERANCE);
    });

    const [, inReadme] = /\[(\d+) kB \(gzip\) to a bundle\]/.exec(
      readFileSync('README.md', 'utf8'),
    ) as RegExpExecArray;
    expect(Math.abs(Number(inReadme) * 1000 - rows.all.loss)).toBeLessThan(
      TOLERANCE * rows.all.loss,
    );
  });
});
