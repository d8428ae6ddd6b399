/** The page that compares, in a real browser. */
import {readFileSync} from 'node:fs';

import {recordedIn} from '../../../demo/recorded';
import {browserBackends} from './browser_backends';
import {describePage} from './describe_page';
import {screenshot, VIEWPORTS} from './screenshot';

describePage('compare.html', (tab) => {
  for (const backendName of browserBackends) {
    it(`measures, up to the wall of one-hot [${backendName}]`, async () => {
      // The least batch that is too large for a texture of 8192; elsewhere for the limit.
      const [big, limit] = backendName === 'webgl' ? ['1,400', 1] : ['320', 0.5];
      const query = `batch=16&classes=10,1000,20000&big=${big.replace(',', '')}&limit=${limit}`;
      await tab.goto(`compare.html?${query}`);
      await tab.shows('#backend', new RegExp(backendName));
      await tab.page.selectOption('#backend', backendName);
      await tab.page.locator('#ladder button').click();
      await tab.shows('#ladder-status', /^With 20,000 classes, one-hot takes \d.*× the memory\.$/);

      const rows = await Promise.all(
        (await tab.page.locator('#rungs tr').all()).map(async (row) =>
          (await row.locator('th, td').allInnerTexts()).map((cell) => cell.replace(/\s+/g, ' ')),
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
      const [oneHotMegabytes, ourMegabytes] = rows[2]
        .slice(1, 3)
        .map((cell) => parseFloat(cell.split('s ')[1]));
      // The gradient alone; on wasm tf.js copies the logits that are saved for it as well.
      const matrices = backendName === 'wasm' ? 2 : 1;
      expect(ourMegabytes / matrices).toBeCloseTo((16 * 20000 * 4) / 1e6, 1);
      expect(oneHotMegabytes).toBeGreaterThan(3 * ourMegabytes);
      await screenshot(tab, `compare-${backendName}`);
    });
  }

  it('has recorded figures first, from the tables of the benchmarks', async () => {
    const {losses} = recordedIn(readFileSync('docs/benchmarks.md', 'utf8'));
    await tab.goto('compare.html');
    await tab.shows('#recorded-source', /^Measured .* on .*\.$/);
    expect(await tab.page.locator('#classes').isVisible()).toBe(false);
    const {batch, classes} = losses.find(({classes}) => classes === 32000)!;
    expect(await tab.text('#recorded-setting')).toBe(
      `Loss and gradient of ${batch} labels among ${classes.toLocaleString('en')} classes.`,
    );
    const rows = await tab.page.locator('#recorded tr').allInnerTexts();
    const records = losses.filter((loss) => loss.batch === batch && loss.classes === classes);
    expect(rows.length).toBe(records.length);
    for (const [i, {backend, oneHot, ours}] of records.entries()) {
      expect(rows[i]).toContain(backend);
      const ratio = oneHot.ms / ours.ms;
      expect(rows[i]).toContain(
        `${ratio < 10 ? Number(ratio.toPrecision(2)) : Math.round(ratio)}×`,
      );
    }
  });

  it('keeps a figure on one line on a phone', async () => {
    await tab.page.setViewportSize(VIEWPORTS.phone);
    await tab.goto('compare.html');
    await tab.shows('#recorded-source', /^Measured/);
    const heights = await tab.page
      .locator('#recorded td')
      .evaluateAll((cells) =>
        cells.map((cell) => cell.clientHeight / parseFloat(getComputedStyle(cell).lineHeight)),
      );
    for (const lines of heights) expect(lines).toBeLessThan(3); // Two, and a little padding.
  });

  it('stops when asked, and says why another measurement does not start', async () => {
    await tab.goto('compare.html');
    await tab.page.locator('#ladder button').click();
    await tab.shows('#ladder-status', /^Measuring \d/);
    await tab.page.locator('#race button').click();
    await tab.shows('#race-status', /^The other measurement still runs/);
    expect(await tab.text('#ladder button')).toBe('Stop');
    await tab.page.locator('#ladder button').click();
    await tab.shows('#ladder-status', /^Stopped/);
    expect(await tab.text('#ladder button')).toBe('Measure');
    expect(await tab.text('#race button')).toBe('Train both');
  });

  it('refuses anything that is not a list of numbers', async () => {
    await tab.goto('compare.html?classes=10,%201,000');
    const says = () => tab.text('#classes-problem');
    await tab.shows('#backend', /cpu/);
    expect(await tab.page.locator('#classes').isVisible()).toBe(true);
    expect(await says()).toBe('“1,000” could be one number or several: write 1000, or 1, 000.');
    await tab.page.fill('#classes', '10, 1e3');
    expect(await says()).toMatch(/^“1e3” is not a number of classes/);
    await tab.page.fill('#classes', '10, abc');
    expect(await says()).toMatch(/^“abc” is not a number of classes/);
    await tab.page.fill('#classes', '1');
    expect(await says()).toMatch(/^“1” is not a number of classes/);
    await tab.page.fill('#classes', '10, , 20');
    expect(await says()).toMatch(/^A number is missing/);
    await tab.page.setViewportSize(VIEWPORTS.phone);
    await tab.page.evaluate(() =>
      document.querySelector('#ladder details')!.removeAttribute('open'),
    );
    await tab.page.locator('#ladder button').click(); // The browser holds it back, and shows where.
    expect(await tab.page.locator('#classes').isVisible()).toBe(true);
    expect(await tab.text('#ladder button')).toBe('Measure');
    await tab.page.fill('#classes', '10, 100');
    expect(await says()).toBe('');
  });

  it('shows tf.layers stuck on webgl, where ours learns', async () => {
    await tab.goto('compare.html?steps=6');
    await tab.shows('#backend', /webgl/);
    await tab.page.selectOption('#backend', 'webgl');
    await tab.page.locator('#race button').click();
    await tab.shows('#race-status', /learned|^It failed/);
    expect(await tab.text('#race-status')).toBe('Ours learned; tf.layers did not move at all.');
    expect(await tab.text('#race-title')).toBe('A model that cannot learn');

    const [ours, layers] = await tab.page.locator('#verdict li').allInnerTexts();
    const [first, last] = ours
      .match(/[\d.]+ → [\d.]+/)![0]
      .split(' → ')
      .map(parseFloat);
    expect(first).toBeCloseTo(Math.log(20000), 0);
    expect(last).toBeLessThan(first / 2);
    expect(layers).toMatch(/on webgl: loss 9\.21 → 9\.21\..*No weight has moved at all\./);
    expect(
      await tab.page.locator('#race-progress').evaluate((bar: HTMLProgressElement) => bar.position),
    ).toBe(1);
    await screenshot(tab, 'race');
  });

  it('trains both losses side by side on the chosen backend', async () => {
    await tab.goto('compare.html?steps=6&raceClasses=3000');
    await tab.shows('#backend', /cpu/);
    await tab.page.selectOption('#backend', 'cpu');
    await tab.page.evaluate(() => {
      const chart = document.querySelector('#race-chart')!;
      const states: string[] = [];
      new MutationObserver(() => {
        const does = document.querySelector('#race button')!.textContent;
        states.push(`${does}: ${chart.ariaLabel}`);
      }).observe(chart, {attributes: true});
      Object.assign(window, {states});
    });
    await tab.page.locator('#race button').click();
    await tab.shows('#race-status', /learned|^It failed/);
    expect(await tab.text('#race-status')).toMatch(/^Both learned/);
    expect(await tab.text('#race-title')).toBe('Beside the loss of tf.layers');
    const states = await tab.page.evaluate(() => (window as unknown as {states: string[]}).states);
    const running =
      /^Stop: Loss of ours: [\d.]+ → ([\d.]+)\. Loss of tf\.layers: [\d.]+ → ([\d.]+)\.$/;
    const losses = states.flatMap((state) => {
      const [, ...figures] = running.exec(state) ?? [];
      return figures.length > 0 ? [figures.map(Number)] : [];
    });
    // When both curves have begun, neither has ended.
    for (const runner of [0, 1]) expect(losses[0][runner]).toBeGreaterThan(losses.at(-1)![runner]);
    for (const line of await tab.page.locator('#verdict li').allInnerTexts()) {
      expect(line).toContain('on cpu');
    }
  });
});
