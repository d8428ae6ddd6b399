/** npm run demo -- --build: the pages as files for any web server, under any folder of it. */
import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';

import {bundle} from '../../../demo/bundle';

const PAGES = ['index.html', 'compare.html', 'digits.html'];
const ADDRESS = 'https://example.org/some/folder';

describe('the page files', () => {
  beforeAll(() => {
    // `npm run demo` makes the docs first, and so does `npm test`.
    if (!existsSync('docs/api/index.html')) execFileSync('npm', ['run', '-s', 'docs']);
  }, 300_000);

  it('are written in silence, link to nothing that is missing, and name their image in full', () => {
    const args = ['--import', 'tsx', 'demo/main.ts', '--build', '--url', ADDRESS];
    const {stdout, stderr} = spawnSync(process.execPath, args, {encoding: 'utf8'});
    expect(stdout + stderr).toBe(`Written to ${bundle.outdir}.\n`);

    for (const page of PAGES) {
      const html = readFileSync(path.join(bundle.outdir!, page), 'utf8');
      const links = Array.from(html.matchAll(/(?:href|src)="([^"]*)"/g), ([, link]) => link);
      expect(links).toContain('docs/index.html');
      for (const link of links) {
        expect(link)
          .withContext(page)
          .not.toMatch(/^\/|^\w+:/);
        expect(existsSync(path.join(bundle.outdir!, link)))
          .withContext(`${page}: ${link}`)
          .toBe(true);
      }
      expect(html).toContain(`<meta property="og:image" content="${ADDRESS}/share.png" />`);
      expect(html).toMatch(/<title>.*TensorFlow\.js.*<\/title>/);
      expect(html).toMatch(/<meta\s+name="description"\s+content="[^"]{50,}"/);
      expect(html).toContain('npm install tfjs-sparse-softmax-cross-entropy @tensorflow/tfjs');
    }
  });
});
