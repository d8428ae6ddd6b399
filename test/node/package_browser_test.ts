/** The packed package in real pages: bundled, and as a script beside tf.js. */
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';

import {build} from 'esbuild';
import type {Browser} from 'playwright-core';

import {entries, manifest} from '../../scripts/entries';
import {launchBrowser} from '../../scripts/launch_browser';
import {outputOfPage, outputOfServedPage} from '../helpers/output_of_page';
import {expectGradientStep, gradientStep, projectBeside} from '../helpers/packed_package';

/** On the GPU: tf.js would leave so few numbers in main memory. */
const PROGRAM = `
  tf.env().set('WEBGL_CPU_FORWARD', false);
  ${gradientStep('webgl')}`;
const TF = '<script src="node_modules/@tensorflow/tfjs/dist/tf.min.js"></script>';
const OURS = `<script src="node_modules/${manifest.name}/${manifest.unpkg}"></script>`;
const STEP_PROGRAM = `
  const sparse = tfjsSparseSoftmaxCrossEntropy;
  ${PROGRAM}`;
const STEP = `<script type="module">${STEP_PROGRAM}</script>`;

describe('the packed package in a page', () => {
  let project: string;
  let browser: Browser;

  beforeAll(async () => {
    project = projectBeside('@tensorflow/tfjs');
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(project, {recursive: true, force: true});
  });

  function outputOf(html: string): Promise<string[]> {
    const file = path.join(project, 'page.html');
    writeFileSync(file, `<!doctype html><meta charset="utf-8"><title>page</title>${html}`);
    return outputOfPage(browser, pathToFileURL(file).href);
  }

  /** The same from a server whose Content-Security-Policy forbids eval and inline scripts. */
  function outputWithoutEval(scripts: string, program: string): Promise<string[]> {
    writeFileSync(path.join(project, 'program.js'), program);
    const html = `${scripts}<script type="module" src="program.js"></script>`;
    const headers = {'Content-Security-Policy': "script-src 'self'"};
    return outputOfServedPage(browser, project, html, headers);
  }

  /** One line, so no warning, and that line the losses. */
  function expectGradientStepOnly(lines: string[]): void {
    expect(lines).toEqual([jasmine.stringMatching(/^log: \[/)]);
    expectGradientStep(lines[0].replace('log: ', ''));
  }

  async function outputOfBundle(imports: string): Promise<string[]> {
    await build({
      stdin: {
        contents: `
          import * as tf from '@tensorflow/tfjs';
          ${imports};
          (async () => {${PROGRAM}})();`,
        resolveDir: project,
      },
      bundle: true,
      minify: true,
      format: 'iife',
      outfile: path.join(project, 'bundle.js'),
      logLevel: 'error',
    });
    return outputOf('<script src="bundle.js"></script>');
  }

  it('takes a gradient step in a bundle', async () => {
    expectGradientStepOnly(await outputOfBundle(`import * as sparse from '${manifest.name}'`));
  });

  it('takes a gradient step in a bundle with three copies, one of them CommonJS', async () => {
    const imports = `
      import * as sparse from '${manifest.name}';
      import 'second-copy';
      require('${manifest.name}')`;
    expectGradientStepOnly(await outputOfBundle(imports));
  });

  it('takes a gradient step as a script', async () => {
    expectGradientStepOnly(await outputOf(TF + OURS + STEP));
  });

  it('has in the script what all entries export', async () => {
    const modules = await Promise.all(entries.map(({source}) => import(`../../${source}`)));
    const names = new Set(modules.flatMap((module) => Object.keys(module)));
    const program =
      '<script>console.log(Object.keys(tfjsSparseSoftmaxCrossEntropy).join())</script>';
    const [line] = await outputOf(TF + OURS + program);
    expect(line.replace('log: ', '').split(',').sort()).toEqual([...names].sort());
  });

  it('takes a gradient step as a script that is there twice', async () => {
    expectGradientStepOnly(await outputOf(TF + OURS + OURS + STEP));
  });

  for (const [what, scripts] of [
    ['without TensorFlow.js', OURS],
    ['with TensorFlow.js after it', OURS + TF],
    ['with another thing called tf', `<div id="tf"></div>${OURS}`],
  ]) {
    it(`says what to do on a page ${what}`, async () => {
      const [line] = await outputOf(scripts);
      expect(line).toMatch(/^uncaught: .* Put its <script>.* before this one\.$/);
    });
  }

  it('says that a script of TensorFlow.js failed where the page forbids eval', async () => {
    const [failure, line] = await outputWithoutEval(TF + OURS, `console.log('end')`);
    expect(failure).toMatch(/^uncaught: .*'unsafe-eval'/s);
    expect(line).toMatch(/^uncaught: .* Load @tensorflow\/tfjs\/dist\/tf\.es2017\.min\.js instead/);
  });

  it('takes a gradient step where the page forbids eval, with the script that it names', async () => {
    const tf = TF.replace('tf.min.js', 'tf.es2017.min.js');
    expectGradientStepOnly(await outputWithoutEval(tf + OURS, STEP_PROGRAM));
  });

  it('does what docs/backends.md says of a page', async () => {
    const [, html] = /```html\n(.*?)```/s.exec(readFileSync('docs/backends.md', 'utf8')) ?? [];
    const said = [...html.matchAll(/^ *\/\/ (.*)$/gm)].map(([, line]) => line);
    expect(await outputOf(html)).toEqual([`log: ${said.join('\n')}`]);
  });
});
