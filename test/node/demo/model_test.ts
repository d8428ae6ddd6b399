/** The page of the language model, in a real browser. */
import {browserBackends, FASTEST} from './browser_backends';
import {describePage} from './describe_page';
import {screenshot} from './screenshot';

describePage('model.html', (tab) => {
  for (const backendName of browserBackends) {
    const keeps = backendName === FASTEST ? ', and keeps the model' : '';
    it(`learns a text, pauses${keeps} [${backendName}]`, async () => {
      await tab.goto('model.html');
      await tab.shows('#status', /^Ready/);
      await tab.page.selectOption('#backend', backendName);
      const toggle = tab.page.locator('#toggle');
      // Not much later, or it knows the text by heart: a perplexity of 1.
      await tab.pressOnceItReaches('#toggle', '#step', 4);
      await toggle.click();
      await tab.shows('#status', /^Paused/);
      const {loss, perplexity, speed} = await tab.figures();
      expect(Number(loss)).toBeLessThan(Math.log(50257) - 0.2);
      const hesitation = Number(perplexity.replaceAll(',', ''));
      expect(hesitation / Math.exp(Number(loss))).toBeCloseTo(1, 1);
      expect(parseFloat(speed)).toBeGreaterThan(0);
      // 24 tokens, and not the '–' of before. Untrimmed: after few steps they may be 24 newlines.
      await tab.page.waitForFunction(
        () => document.querySelector('#sample')!.textContent!.length > 1,
      );
      expect(await tab.text('#prompt')).toBe('Call me Ishmael.');
      if (!keeps) return;

      await tab.page.locator('#save').click();
      const [, saved] = await tab.shows('#status', /^Saved in this browser, at step (\d+)/);
      await tab.page.locator('#reset').click();
      await tab.shows('#step', /^0$/);
      await tab.page.locator('#load').click();
      await tab.shows('#step', new RegExp(`^${saved}$`));
      await tab.page.locator('#with-logits').check();
      await toggle.click();
      await tab.reaches('#step', Number(saved) + 1);
      expect(await tab.number('#loss')).toBeLessThan(Math.log(50257) - 0.2); // The weights came back.
      await toggle.click();
      await screenshot(tab, 'model');
    });
  }

  it('says what is wrong, and names its controls', async () => {
    await tab.goto('model.html');
    await tab.shows('#status', /^Ready/);
    await tab.page.locator('#save').click();
    expect(await tab.text('#status')).toBe('There is no model yet: start one.');
    await tab.page.locator('#load').click();
    await tab.shows('#status', /^It failed: Cannot find model/);
    await tab.page.getByLabel('The text that it learns').fill('Too short.');
    await tab.page.keyboard.press('Tab');
    await tab.page.locator('#toggle').focus();
    await tab.page.keyboard.press('Enter');
    await tab.shows('#status', /^It failed: The text has 3 tokens\. It needs 33 or more\.$/);
    for (const name of ['Runs on', 'Tokens a step', 'with logits', 'Temperature']) {
      expect(await tab.page.getByLabel(name).count())
        .withContext(name)
        .toBe(1);
    }
  });
});
