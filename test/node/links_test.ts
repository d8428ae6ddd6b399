/** Every relative link of a page leads to a file, and to a heading where it names one. */
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';

const pages = [
  ...readdirSync('.'),
  ...readdirSync('docs').map((name) => `docs/${name}`),
  ...readdirSync('examples', {recursive: true}).map((name) => `examples/${name}`),
].filter((name) => name.endsWith('.md'));

/** What a link to a heading is called: '## A mean per sequence' is #a-mean-per-sequence. */
const anchorsOf = (page: string) =>
  [...readFileSync(page, 'utf8').matchAll(/^#+ (.*)$/gm)].map(
    ([, heading]) =>
    heading.toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-'), // prettier-ignore
  );

describe('the links of', () => {
  for (const page of pages) {
    it(`${page} lead somewhere`, () => {
      // Code has no links.
      const text = readFileSync(page, 'utf8').replace(/^```.*?^```$|`[^`\n]*`/gms, '');
      const targets = [...text.matchAll(/\]\(([^)\s]+)\)|(?:srcset|src)="([^"]+)"/g)]
        .map(([, link, source]) => link ?? source)
        .filter((target) => !/^https?:/.test(target));
      for (const target of targets) {
        const [file, anchor] = target.split('#');
        const linked = file === '' ? page : path.join(path.dirname(page), file);
        expect(existsSync(linked)).withContext(target).toBeTrue();
        if (anchor) expect(anchorsOf(linked)).withContext(target).toContain(anchor);
      }
    });
  }
});
