/** The pages in a real browser: they train, they compare, and nothing fails on the way. */
import {type BuildContext, context} from 'esbuild';
import type {Browser, Page} from 'playwright-core';

import {bundle} from '../../demo/bundle';
import {supportedBackends} from '../../src/index';
import {launchBrowser} from '../../scripts/launch_browser';

const SCREENSHOTS = '.cache/screenshots';
const VIEWPORTS = {phone: {width: 390, height: 844}, desktop: {width: 1280, height: 900}};

// The other one is for Node.
const browserBackends = supportedBackends.filter((name) => name !== 'tensorflow');

describe('the page', () => {
  let pages: BuildContext;
  let browser: Browser;
  let address: string;
  let page: Page;
  let troubles: string[];

  beforeAll(async () => {
    pages = await context(bundle);
    const host = '127.0.0.1';
    const {port} = await pages.serve({host, port: 0, servedir: bundle.outdir});
    address = `http://${host}:${port}`;
    browser = await launchBrowser();
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
      if (message.type() === 'error') troubles.push(message.text());
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

  /** On a desktop and on a phone, where nothing may be wider than the screen. */
  async function screenshot(name: string): Promise<void> {
    for (const [device, viewport] of Object.entries(VIEWPORTS)) {
      await page.setViewportSize(viewport);
      await page.evaluate(() => new Promise(requestAnimationFrame));
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).withContext(`${name} on a ${device}`).toBe(viewport.width);
      await page.screenshot({path: `${SCREENSHOTS}/${name}-${device}.png`, fullPage: true});
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
      await waitForText('#step', /^[2-6]\d\d of/);

      expect(await page.inputValue('#backend')).toBe(backendName);
      expect(await number('#step')).toBeGreaterThan(paused);
      expect(loss).toBeGreaterThan(1.8); // Around ln 10.
      expect(accuracy).toBeLessThan(50);
      expect(await number('#loss')).toBeLessThan(0.5);
      expect(await number('#accuracy')).toBeGreaterThan(75);
      await screenshot(`train-${backendName}`);
    });

    it(`compare.html measures, up to the wall of one-hot [${backendName}]`, async () => {
      await page.goto(`${address}/compare.html?batch=16&classes=10,1000,20000&big=1400&limit=1`);
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
      expect(rows).toEqual([
        ['16 × 10', measured, measured],
        ['16 × 1,000', measured, measured],
        ['16 × 20,000', measured, measured],
        [
          '1,400 × 50,257',
          jasmine.stringMatching(/^not tried: .* GB$|^throws: Requested texture size/),
          measured,
        ],
      ]);
      const [oneHotMegabytes, ourMegabytes] = rows[2].slice(1).map((cell) => parseFloat(cell.split('s ')[1])); // prettier-ignore
      expect(ourMegabytes).toBeCloseTo((16 * 20000 * 4) / 1e6, 0); // The gradient alone.
      expect(oneHotMegabytes).toBeGreaterThan(3 * ourMegabytes);
      await screenshot(`compare-${backendName}`);
    });
  }

  it('compare.html stops when asked', async () => {
    await page.goto(`${address}/compare.html`);
    await page.locator('#ladder button').click();
    await waitForText('#ladder-status', /^Measuring/);
    await page.locator('#ladder button').click();
    await waitForText('#ladder-status', /^Stopped/);
    expect(await text('#ladder button')).toBe('Measure');
  });

  it('compare.html shows tf.layers stuck on webgl, where ours learns', async () => {
    await page.goto(`${address}/compare.html?steps=10`);
    await page.locator('#race button').click();
    await waitForText('#race-status', /^Done|^It failed/);
    expect(await text('#race-status')).toBe('Done.');

    const [ours, layers] = await page.locator('#verdict li').allInnerTexts();
    const [first, last] = ours
      .match(/[\d.]+ → [\d.]+/)![0]
      .split(' → ')
      .map(parseFloat);
    expect(first).toBeCloseTo(Math.log(20000), 0);
    expect(last).toBeLessThan(first / 2);
    expect(layers).toMatch(/on webgl: loss 9\.21 → 9\.21\..*No weight has moved at all\./);
    await screenshot('race');
  });
});
