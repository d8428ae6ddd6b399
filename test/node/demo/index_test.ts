/** The front page in a real browser: what this is, and the language model. */
import {readFileSync} from 'node:fs';

import {recordedIn} from '../../../demo/recorded';
import {manifest} from '../../../scripts/entries';
import {browserBackends, FASTEST} from './browser_backends';
import {describePage} from './describe_page';
import {screenshot, VIEWPORTS} from './screenshot';

/** The loss of a blind guess. */
const BLIND = Math.log(50257);

describePage('index.html', (tab) => {
  const press = (id: string) => tab.page.locator(`#${id}`).click();
  const isReady = () => tab.shows('#status', /^Ready/);

  for (const backendName of browserBackends) {
    it(`learns a text, and pauses [${backendName}]`, async () => {
      await tab.goto();
      await isReady();
      await tab.page.selectOption('#backend', backendName);
      // Not much later, or it knows the text by heart: a perplexity of 1.
      await tab.pressOnceItReaches('#toggle', '#step', 3);
      await press('toggle');
      await tab.shows('#status', /^Paused\.$/);
      const {loss, perplexity, speed} = await tab.figures();
      expect(Number(loss)).toBeLessThan(BLIND - 0.2);
      const hesitation = Number(perplexity.replaceAll(',', ''));
      expect(hesitation / Math.exp(Number(loss))).toBeCloseTo(1, 1);
      expect(parseFloat(speed.replaceAll(',', ''))).toBeGreaterThan(0);
      // 24 tokens. Untrimmed: after few steps they may be 24 newlines.
      await tab.page.waitForFunction(
        () => document.querySelector('#sample')!.textContent!.length > 1,
      );
      expect(await tab.text('#prompt')).toBe('Call me Ishmael.');
      if (backendName === FASTEST) await screenshot(tab, 'index');
    });
  }

  it('keeps a model: its weights, text, backend, curve and figures', async () => {
    const ownText = 'The whale is white, and the sea is deep and dark and cold. '.repeat(5);
    await tab.goto();
    await isReady();
    await tab.page.selectOption('#backend', 'cpu');
    await tab.page.fill('#text', ownText);
    await tab.page.keyboard.press('Tab');
    await tab.shows('#status', /^Ready for a new model/);
    // In the midst of training, which goes on while the browser writes.
    await tab.pressOnceItReaches('#save', '#step', 2);
    await press('toggle');
    const [, saved] = await tab.shows('#status', /^Saved in this browser, at step (\d+)\.$/);
    await press('toggle');
    await tab.shows('#status', /^Paused\.$/);

    await tab.page.reload();
    await isReady();
    await press('load');
    await tab.shows('#status', /^Loaded\.$/);
    const figures = await tab.figures();
    expect(figures.step).toBe(saved);
    expect(Object.values(figures)).not.toContain('–');
    expect(Number(figures.loss)).toBeLessThan(BLIND);
    expect(await tab.page.inputValue('#text')).toBe(ownText);
    expect(await tab.page.inputValue('#backend')).toBe('cpu');
    expect(await tab.page.getAttribute('#loss-chart', 'aria-label')).toContain(figures.loss);
    await tab.shows('#prompt', /^The whale is white/);

    await tab.page.locator('#with-logits').check();
    await press('toggle');
    await tab.reaches('#step', Number(saved) + 1);
    const {loss} = await tab.figures();
    expect(Number(loss)).toBeLessThan(Number(figures.loss) + 1); // The weights came back.
  });

  it('says what is wrong in a sentence, and names its controls', async () => {
    await tab.goto();
    await isReady();
    await press('save');
    expect(await tab.text('#status')).toBe('There is no model yet. Press Start first.');
    await press('load');
    await tab.shows('#status', /^No model is saved in this browser yet\./);
    const cases: [string, RegExp][] = [
      ['', /^There is no text to learn\. Write or paste one below\.$/],
      ['Hi', /^The text is too short\. Add to it below: it has 1 token, and needs 33\.$/],
      ['Too short.', /^The text is too short\. Add to it below: it has 3 tokens, and needs 33\.$/],
    ];
    for (const [text, message] of cases) {
      await tab.page.getByLabel('The text that it learns').fill(text);
      await tab.page.keyboard.press('Tab');
      await tab.page.locator('#toggle').focus();
      await tab.page.keyboard.press('Enter');
      await tab.shows('#status', message);
      expect(await tab.text('#toggle')).toBe('Start');
    }
    for (const name of ['Runs on', 'Tokens a step', 'with logits', 'Temperature']) {
      expect(await tab.page.getByLabel(name).count())
        .withContext(name)
        .toBe(1);
    }
  });

  it('says at first sight what it is, how to install it, and what it saves', async () => {
    const {lastLayer} = recordedIn(readFileSync('docs/benchmarks.md', 'utf8'));
    await tab.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await tab.page.setViewportSize(VIEWPORTS.desktop);
    await tab.goto();
    await isReady();
    const screen = await tab.page
      .locator('h1, .install, #written, #toggle, #memory-ratio, #time-ratio')
      .evaluateAll((parts) =>
        parts.map((part) => part.getBoundingClientRect().bottom <= innerHeight),
      );
    expect(screen.length).toBe(6);
    expect(screen).toEqual(screen.map(() => true));
    expect(await tab.text('h1')).toContain('TensorFlow.js');
    expect(await tab.text('.lede')).toContain('npm package');
    expect(await tab.text('#memory-bars')).toContain(
      `${(lastLayer.withLogitsBytes / 1e6).toLocaleString('en')} MB`,
    );
    expect(await tab.text('#numbers-source')).toContain(lastLayer.date);

    await tab.page.getByRole('button', {name: 'Copy'}).click();
    await tab.page.getByRole('button', {name: 'Copied'}).waitFor();
    const copied = await tab.page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(`npm install ${manifest.name} @tensorflow/tfjs`);
  });

  it('chooses no graphics card that is a program, says why, and shows at once that it works', async () => {
    await tab.page.setViewportSize(VIEWPORTS.phone);
    await tab.goto();
    await isReady();
    expect(await tab.page.inputValue('#backend')).toBe('wasm');
    expect(await tab.text('#why')).toBe(
      'Chosen because this browser has no graphics card: SwiftShader only imitates one, slowly.',
    );
    const {top, bottom} = (await tab.page
      .locator('#written')
      .evaluate((box) => box.getBoundingClientRect().toJSON())) as DOMRect;
    expect(top).toBeGreaterThan(0);
    expect(bottom).toBeLessThan(VIEWPORTS.phone.height);
    const atOnce = await tab.page.evaluate(() => {
      document.querySelector<HTMLButtonElement>('#toggle')!.click();
      const {innerText} = document.querySelector<HTMLElement>('#status')!;
      return [innerText, document.querySelector('#busy')!.checkVisibility()];
    });
    expect(atOnce).toEqual(['Starting wasm ...', true]);
    await tab.shows('#status', /^Learning\.$/);
    expect(await tab.page.locator('#busy').isVisible()).toBe(false);
    // Steps are told to the ear alone, so that no second number is beside the figures.
    expect(await tab.text('#status')).not.toMatch(/\d/);
    expect(await tab.text('#spoken')).toMatch(/^Learning\. Step \d+: loss/);
  });

  it('measures its two numbers here', async () => {
    await tab.goto();
    await isReady();
    await press('measure');
    await tab.shows('#status', /^Measured|^It failed/);
    expect(await tab.text('#numbers-source')).toBe('Measured in this tab just now, on wasm.');
    const megabytes = await tab.page.locator('#memory-bars dd').allInnerTexts();
    const [withLogits, fused] = megabytes.map(parseFloat);
    expect(withLogits - fused).toBeGreaterThan((1024 * 50257 * 4) / 1e6); // The logits, at least.
    expect(await tab.number('#time-ratio')).toBeGreaterThan(1);
  });
});
