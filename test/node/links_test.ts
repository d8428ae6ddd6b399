/** The relative links of a page lead to files and headings, and the files that it names exist. */
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';

const pages = [
  ...readdirSync('.'),
  ...readdirSync('docs').map((name) => `docs/${name}`),
  ...readdirSync('examples', {recursive: true}).map((name) => `examples/${name}`),
].filter((name) => name.endsWith('.md'));

/** The links to headings: '## A mean per sequence' is #a-mean-per-sequence. */
const anchorsOf = (page: string) =>
  [...readFileSync(page, 'utf8').matchAll(/^#+ (.*)$/gm)].map(
    ([, heading]) =>
    heading.toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-'), // prettier-ignore
  );

const files = ['.ci', 'bench', 'demo', 'docs', 'examples', 'scripts', 'src', 'test'].flatMap(
  (folder) => readdirSync(folder, {recursive: true}).map((name) => `/${folder}/${name}`),
);

/** Made by commands, so a checkout may lack them. */
const MADE = ['docs/api/index.html'];

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

describe('the file names in', () => {
  for (const page of pages) {
    it(`${page} are those of files`, () => {
      const text = readFileSync(page, 'utf8').replace(/^```.*?^```$/gms, '');
      const names = [...text.matchAll(/`([\w./-]+\.(?:ts|js|json|md|sh|html|svg))`/g)]
        .map(([, name]) => name)
        .filter((name) => !MADE.includes(name) && !existsSync(name));
      for (const name of names) {
        expect(files.some((file) => file.endsWith(`/${name}`)))
          .withContext(name)
          .toBeTrue();
      }
    });
  }
});
