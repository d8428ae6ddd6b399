/** Opens a page that runs one TypeScript file, in the browser that the specs run in too. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';

import {build} from 'esbuild';
import type {Page} from 'playwright-core';

import {launchBrowser} from './launch_browser';

export interface BundlePage {
  readonly page: Page;
  /** Runs the file. Expose the functions that it calls to the page before. */
  load(): Promise<void>;
  /** Name and version of the browser. */
  readonly browser: string;
  close(): Promise<void>;
}

export async function openBundle(
  entryPoint: string,
  chromiumFlags?: readonly string[],
): Promise<BundlePage> {
  const folder = mkdtempSync(path.join(tmpdir(), 'page-'));
  await build({
    entryPoints: [entryPoint],
    bundle: true,
    minify: true,
    keepNames: true, // The bench counts programs by their names.
    format: 'iife',
    mainFields: ['module', 'main'],
    outfile: path.join(folder, 'page.js'),
    logLevel: 'error',
  });
  const html = path.join(folder, 'page.html');
  writeFileSync(html, '<!doctype html><title>page</title><script src="page.js"></script>');

  const browser = await launchBrowser(chromiumFlags);
  const page = await browser.newPage();
  return {
    page,
    load: async () => void (await page.goto(pathToFileURL(html).href)),
    browser: `${browser.browserType().name()} ${browser.version()}`,
    close: async () => {
      await browser.close();
      rmSync(folder, {recursive: true});
    },
  };
}
