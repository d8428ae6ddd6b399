/** The API pages that `npm run docs` writes, as a reader goes through them. */
import {execFileSync} from 'node:child_process';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';

import {entries} from '../../scripts/entries';

const FOLDER = 'docs/api';

describe('the API pages', () => {
  let pages: string[];
  const textOf = (page: string) => readFileSync(path.join(FOLDER, page), 'utf8');

  beforeAll(() => {
    // npm test has made them before.
    if (!existsSync(`${FOLDER}/index.html`)) execFileSync('npm', ['run', '-s', 'docs']);
    pages = readdirSync(FOLDER, {recursive: true, encoding: 'utf8'}).filter((name) =>
      name.endsWith('.html'),
    );
  });

  it('name each module by its import path, and say where to start', () => {
    for (const {specifier} of entries) {
      const page = textOf(`modules/${specifier.replace('/', '_')}.html`);
      expect(page).toContain(`<h1>Module ${specifier}</h1>`);
      expect(page).toMatch(/tsd-comment/);
    }
  });

  it('link to pages and headings that exist', () => {
    let count = 0;
    for (const page of pages) {
      for (const [, link] of textOf(page).matchAll(/(?:href|src|srcset)="([^"#][^"]*)"/g)) {
        if (/^(https?|data):/.test(link)) continue;
        const [file, heading] = decodeURIComponent(link).split('#');
        const target = path.join(path.dirname(page), file);
        const exists = existsSync(path.join(FOLDER, target));
        expect(exists).withContext(`${page}: ${link}`).toBeTrue();
        if (exists && heading) {
          expect(textOf(target).includes(`id="${heading}"`))
            .withContext(`${page}: ${link}`)
            .toBeTrue();
        }
        count++;
      }
    }
    expect(count).toBeGreaterThan(1000);
  });

  it('describe the parameters of a function once', () => {
    const functions = pages.filter((page) => page.startsWith('functions/'));
    expect(functions.length).toBeGreaterThan(10);
    for (const page of functions) {
      expect(textOf(page)).withContext(page).not.toContain('Param: ');
      expect(textOf(page)).withContext(page).not.toContain('ToScalar&lt;');
    }
  });
});
