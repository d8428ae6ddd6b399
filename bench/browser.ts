/** Measures in a page of the browser that the specs run in too. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';

import {build} from 'esbuild';

import {launchBrowser} from '../scripts/launch_browser';
import {descriptionOf} from '../test/backends';
import type {Progress} from './measure';
import type {Place} from './place';

export async function openPage(backendName: string): Promise<Place> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  await build({
    entryPoints: ['bench/page.ts'],
    bundle: true,
    minify: true,
    keepNames: true, // Programs are counted by their names.
    format: 'iife',
    mainFields: ['module', 'main'],
    outfile: path.join(folder, 'page.js'),
    logLevel: 'error',
  });
  const html = path.join(folder, 'page.html');
  writeFileSync(html, '<!doctype html><title>bench</title><script src="page.js"></script>');

  const browser = await launchBrowser(descriptionOf(backendName).chromiumFlags);
  const page = await browser.newPage();
  let progress: Progress | undefined;
  await page.exposeFunction('expectSteps', (steps: number) => progress?.expect(steps));
  await page.exposeFunction('step', () => progress?.step());
  await page.goto(pathToFileURL(html).href);
  // Starts the backend, and tells what computes.
  const gpu = await page.evaluate(async (name) => {
    await window.benchShape(name, {batch: 2, classes: 2});
    return window.benchPlace();
  }, backendName);
  return {
    description: `${browser.browserType().name()} ${browser.version()}, ${gpu}`,
    run: (shape, newProgress) => {
      progress = newProgress;
      return page.evaluate(([name, shape]) => window.benchShape(name, shape), [backendName, shape] as const); // prettier-ignore
    },
    runLayer: (layerCase, newProgress) => {
      progress = newProgress;
      return page.evaluate((layerCase) => window.benchLayer(layerCase), layerCase);
    },
    close: async () => {
      await browser.close();
      rmSync(folder, {recursive: true});
    },
  };
}
