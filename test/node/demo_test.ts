/** The pages in a real browser: they train, they compare, and nothing fails on the way. */
import {build, type BuildContext, context} from 'esbuild';
import type {Browser, Page} from 'playwright-core';

import {backendNames} from '../../demo/backend_names';
import {bundle} from '../../demo/bundle';
import {supportedBackends} from '../../src/index';
import {launchBrowser} from '../../scripts/launch_browser';
import {descriptionOf} from '../backends';

const SCREENSHOTS = '.cache/screenshots';
const VIEWPORTS = {phone: {width: 390, height: 844}, desktop: {width: 1280, height: 900}};

/** Where a page does the same on every backend, this one shows it. */
const FASTEST = 'wasm';
const browserBackends = backendNames.filter((name) => supportedBackends.includes(name));

describe('the page', () => {
  let pages: BuildContext;
  let browser: Browser;
  let address: string;
  let page: Page;
  let troubles: string[];

  beforeAll(async () => {
    await build(bundle);
    pages = await context({}); // A server of files alone: one with entry points builds them for each request.
    const host = '127.0.0.1';
    const {port} = await pages.serve({host, port: 0, servedir: bundle.outdir});
    address = `http://${host}:${port}`;
    browser = await launchBrowser(descriptionOf('webgpu').chromiumFlags);
  });

  afterAll(async () => {
    await browser.close();
    await pages.dispose();
  });

  beforeEach(async () => {
    troubles = [];
    page = await browser.newPage();
    page.setDefaultTimeout(110_000);
    page.on('pageerror', (error) => troubles.push(`uncaught: ${error.message}`));
    page.on('console', (message) => {
      // tf.js warns where webgpu is read at once, which it does wrongly on some devices.
      if (message.type() === 'error' || /synchronously reading/.test(message.text()))
        troubles.push(message.text());
    });
    page.on('requestfailed', (request) => troubles.push(`failed: ${request.url()}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(address) && !request.url().startsWith('data:'))
        troubles.push(`asks another server: ${request.url()}`);
    });
  });

  afterEach(async () => {
    expect(troubles).toEqual([]);
    await page.close();
  });

  const text = async (selector: string) => (await page.innerText(selector)).trim();
  const number = async (selector: string) => parseFloat(await text(selector));
  const waitForText = (selector: string, pattern: RegExp) =>
    page.locator(selector).filter({hasText: pattern}).waitFor();

  /** On a desktop and on a phone, where nothing may be wider than the screen; light and dark. */
  async function screenshot(name: string): Promise<void> {
    for (const [device, viewport] of Object.entries(VIEWPORTS)) {
      await page.setViewportSize(viewport);
      await page.evaluate(() => new Promise(requestAnimationFrame));
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).withContext(`${name} on a ${device}`).toBe(viewport.width);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({colorScheme});
        await page.evaluate(() => new Promise(requestAnimationFrame));
        const path = `${SCREENSHOTS}/${name}-${device}-${colorScheme}.png`;
        await page.screenshot({path, fullPage: true});
      }
    }
  }

  for (const backendName of browserBackends) {
    it(`index.html learns to read [${backendName}]`, async () => {
      await page.goto(address);
      await waitForText('#step', /^0 of/);
      const [loss, accuracy] = [await number('#loss'), await number('#accuracy')];
      const toggle = page.locator('#toggle');

      await page.selectOption('#backend', backendName);
      await toggle.click(); // Once it is enabled again.
      await waitForText('#step', /^[1-9]\d+ of/);
      await toggle.click();
      await waitForText('#toggle', /Continue/);
      const paused = await number('#step');
      await toggle.click();
      await waitForText('#step', /^[1-6]\d\d of/);
      await toggle.click();
      await waitForText('#toggle', /Continue/);

      expect(await page.inputValue('#backend')).toBe(backendName);
      expect(await number('#step')).toBeGreaterThan(paused);
      expect(loss).toBeGreaterThan(1.8); // Around ln 10.
      expect(accuracy).toBeLessThan(50);
      expect(await number('#loss')).toBeLessThan(0.5);
      expect(await number('#accuracy')).toBeGreaterThan(75);
      const wrong = await number('#mistakes-count');
      expect(wrong).toBe(Math.round((360 * (100 - (await number('#accuracy')))) / 100));
      expect(await page.locator('#mistakes figure').count()).toBe(Math.min(24, wrong));
      const captions = await page.locator('#mistakes figcaption').allInnerTexts();
      for (const caption of captions) expect(caption).toMatch(/^(\d), read as (?!\1)\d$/);
      if (backendName === FASTEST) await screenshot('train');
    });

    it(`compare.html measures, up to the wall of one-hot [${backendName}]`, async () => {
      // The least batch that is too large for a texture of 8192; elsewhere for the limit.
      const [big, limit] = backendName === 'webgl' ? ['1,400', 1] : ['600', 0.5];
      const query = `batch=16&classes=10,1000,20000&big=${big.replace(',', '')}&limit=${limit}`;
      await page.goto(`${address}/compare.html?${query}`);
      await waitForText('#backend', new RegExp(backendName));
      await page.selectOption('#backend', backendName);
      await page.locator('#ladder button').click();
      await waitForText('#ladder-status', /^With 20,000 classes, one-hot takes \d.* the memory\.$/);

      const rows = await Promise.all(
        (await page.locator('#rungs tr').all()).map(async (row) =>
          (await row.locator('td').allInnerTexts()).map((cell) => cell.replace(/\s+/g, ' ')),
        ),
      );
      const measured = jasmine.stringMatching(/^[\d.,]+ m?s [\d.,]+ MB$/);
      const ratio = jasmine.stringMatching(/^[\d.,]+× [\d.,]+×$/);
      expect(rows).toEqual([
        ['16 × 10', measured, measured, ratio],
        ['16 × 1,000', measured, measured, ratio],
        ['16 × 20,000', measured, measured, ratio],
        [
          `${big} × 50,257`,
          jasmine.stringMatching(/^not tried: .* GB$|^throws: Requested texture size/),
          measured,
          '–',
        ],
      ]);
      const [oneHotMegabytes, ourMegabytes] = rows[2].slice(1, 3).map((cell) => parseFloat(cell.split('s ')[1])); // prettier-ignore
      // The gradient alone; on wasm tf.js copies the logits that are saved for it as well.
      const matrices = backendName === 'wasm' ? 2 : 1;
      expect(ourMegabytes / matrices).toBeCloseTo((16 * 20000 * 4) / 1e6, 1);
      expect(oneHotMegabytes).toBeGreaterThan(3 * ourMegabytes);
      await screenshot(`compare-${backendName}`);
    });
  }

  it('index.html begins anew on another backend, and takes nothing from the one before', async () => {
    await page.goto(address);
    const toggle = page.locator('#toggle');
    for (const backendName of ['webgpu', 'cpu', 'webgpu']) {
      await page.selectOption('#backend', backendName);
      await waitForText('#step', /^0 of/);
      await toggle.click();
      await waitForText('#step', /^[1-9]\d of/);
      await toggle.click();
      await waitForText('#toggle', /Continue/);
    }
  });

  it('index.html offers no webgpu where the browser has no adapter', async () => {
    await page.addInitScript(() => (navigator.gpu.requestAdapter = async () => null));
    await page.goto(address);
    await waitForText('#step', /^0 of/);
    const values = await page
      .locator('#backend option')
      .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
    expect(values).toEqual(jasmine.arrayWithExactContents(['webgl', 'wasm', 'cpu']));
  });

  it('index.html speaks seldom', async () => {
    await page.goto(address);
    await waitForText('#step', /^0 of/);
    await page.selectOption('#backend', FASTEST);
    await page.evaluate(() => {
      const texts: string[] = [];
      const regions = document.querySelectorAll('[role=status], [aria-live], output');
      const observer = new MutationObserver((records) => {
        for (const {target} of records) texts.push(target.textContent ?? '');
      });
      for (const region of regions) {
        observer.observe(region, {childList: true, characterData: true, subtree: true});
      }
      Object.assign(window, {spoken: texts});
    });
    const start = Date.now();
    await page.locator('#toggle').click();
    await waitForText('#step', /^[1-6]\d\d of/);
    await page.locator('#toggle').click();
    await waitForText('#toggle', /Continue/);
    const texts = await page.evaluate(() => (window as unknown as {spoken: string[]}).spoken);
    expect(texts.length).toBeLessThanOrEqual(2 + (Date.now() - start) / 10_000);
    expect(texts.at(-1)).toMatch(
      /^Paused\. Step [1-6]\d\d of 600: loss .*, .* % read correctly\.$/,
    );
  });

  it('compare.html stops when asked, and says why another measurement does not start', async () => {
    await page.goto(`${address}/compare.html`);
    await page.locator('#ladder button').click();
    await waitForText('#ladder-status', /^Measuring/);
    await page.locator('#race button').click();
    await waitForText('#race-status', /^The other measurement still runs/);
    expect(await text('#ladder button')).toBe('Stop');
    await page.locator('#ladder button').click();
    await waitForText('#ladder-status', /^Stopped/);
    expect(await text('#ladder button')).toBe('Measure');
    expect(await text('#race button')).toBe('Train both');
  });

  it('compare.html refuses what is not a list of numbers', async () => {
    await page.goto(`${address}/compare.html?classes=10,%201,000`);
    const says = () => text('#classes-problem');
    await waitForText('#backend', /cpu/);
    expect(await says()).toBe('“1,000” could be one number or several: write 1000, or 1, 000.');
    await page.fill('#classes', '10, 1e3');
    expect(await says()).toMatch(/^“1e3” is not a number of classes/);
    await page.fill('#classes', '10, abc');
    expect(await says()).toMatch(/^“abc” is not a number of classes/);
    await page.fill('#classes', '1');
    expect(await says()).toMatch(/^“1” is not a number of classes/);
    await page.fill('#classes', '10, , 20');
    expect(await says()).toMatch(/^A number is missing/);
    await page.setViewportSize(VIEWPORTS.phone);
    await page.evaluate(() => document.querySelector('details')!.removeAttribute('open'));
    await page.locator('#ladder button').click(); // The browser holds it back, and shows where.
    expect(await page.locator('#classes').isVisible()).toBe(true);
    expect(await text('#ladder button')).toBe('Measure');
    await page.fill('#classes', '10, 100');
    expect(await says()).toBe('');
  });

  it('compare.html shows tf.layers stuck on webgl, where ours learns', async () => {
    await page.goto(`${address}/compare.html?steps=6`);
    await waitForText('#backend', /webgl/);
    await page.selectOption('#backend', 'webgl');
    await page.locator('#race button').click();
    await waitForText('#race-status', /learned|^It failed/);
    expect(await text('#race-status')).toBe('Ours learned; tf.layers did not move at all.');

    const [ours, layers] = await page.locator('#verdict li').allInnerTexts();
    const [first, last] = ours
      .match(/[\d.]+ → [\d.]+/)![0]
      .split(' → ')
      .map(parseFloat);
    expect(first).toBeCloseTo(Math.log(20000), 0);
    expect(last).toBeLessThan(first / 2);
    expect(layers).toMatch(/on webgl: loss 9\.21 → 9\.21\..*No weight has moved at all\./);
    expect(await page.locator('#race-progress').evaluate((bar: HTMLProgressElement) => bar.position)).toBe(1); // prettier-ignore
    await screenshot('race');
  });

  it('compare.html trains both where the reader says, side by side', async () => {
    await page.goto(`${address}/compare.html?steps=6&raceClasses=3000`);
    await waitForText('#backend', /cpu/);
    await page.selectOption('#backend', 'cpu');
    await page.evaluate(() => {
      const chart = document.querySelector('#race-chart')!;
      const states: string[] = [];
      new MutationObserver(() => {
        const does = document.querySelector('#race button')!.textContent;
        states.push(`${does}: ${chart.ariaLabel}`);
      }).observe(chart, {attributes: true});
      Object.assign(window, {states});
    });
    await page.locator('#race button').click();
    await waitForText('#race-status', /learned|^It failed/);
    expect(await text('#race-status')).toMatch(/^Both learned/);
    const states = await page.evaluate(() => (window as unknown as {states: string[]}).states);
    const running =
      /^Stop: Loss of ours: [\d.]+ → ([\d.]+)\. Loss of tf\.layers: [\d.]+ → ([\d.]+)\.$/;
    const losses = states.flatMap((state) => {
      const [, ...figures] = running.exec(state) ?? [];
      return figures.length > 0 ? [figures.map(Number)] : [];
    });
    // When both curves have begun, neither has ended.
    for (const runner of [0, 1]) expect(losses[0][runner]).toBeGreaterThan(losses.at(-1)![runner]);
    for (const line of await page.locator('#verdict li').allInnerTexts()) {
      expect(line).toContain('on cpu');
    }
  });

  for (const backendName of browserBackends) {
    const keeps = backendName === FASTEST ? ', and keeps the model' : '';
    it(`model.html learns a text, pauses${keeps} [${backendName}]`, async () => {
      await page.goto(`${address}/model.html`);
      await waitForText('#status', /^Ready/);
      await page.selectOption('#backend', backendName);
      const toggle = page.locator('#toggle');
      await toggle.click();
      await waitForText('#step', /^([4-9]|\d\d+)$/);
      await toggle.click();
      await waitForText('#status', /^Paused/);
      expect(await number('#loss')).toBeLessThan(Math.log(50257) - 0.2);
      expect(await number('#perplexity')).toBeGreaterThan(1);
      expect(await number('#speed')).toBeGreaterThan(0);
      expect(await text('#prompt')).toBe('Call me Ishmael.');
      // 24 tokens, and not the '–' of before. Untrimmed: after few steps they may be 24 newlines.
      expect((await page.textContent('#sample'))!.length).toBeGreaterThan(1);
      if (!keeps) return;

      await page.locator('#save').click();
      await waitForText('#status', /^Saved in this browser, at step \d+/);
      const savedStep = Number(/\d+/.exec(await text('#status')));
      await page.locator('#reset').click();
      expect(await text('#step')).toBe('0');
      await page.locator('#load').click();
      await waitForText('#step', new RegExp(`^${savedStep}$`));
      await page.locator('#with-logits').check();
      await toggle.click();
      await page.waitForFunction(
        (saved) => Number(document.querySelector('#step')!.textContent) > saved,
        savedStep,
      );
      expect(await number('#loss')).toBeLessThan(Math.log(50257) - 0.2); // The weights came back.
      await toggle.click();
      await screenshot('model');
    });
  }

  it('model.html says what is wrong, and names its controls', async () => {
    await page.goto(`${address}/model.html`);
    await waitForText('#status', /^Ready/);
    await page.locator('#save').click();
    expect(await text('#status')).toBe('There is no model yet: start one.');
    await page.locator('#load').click();
    await waitForText('#status', /^It failed: Cannot find model/);
    await page.getByLabel('The text that it learns').fill('Too short.');
    await page.keyboard.press('Tab');
    await page.locator('#toggle').focus();
    await page.keyboard.press('Enter');
    await waitForText('#status', /^It failed: The text has 3 tokens\. It needs 33 or more\.$/);
    for (const name of ['Runs on', 'Tokens a step', 'with logits', 'Temperature']) {
      expect(await page.getByLabel(name).count())
        .withContext(name)
        .toBe(1);
    }
  });
});
