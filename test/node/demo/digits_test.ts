/** The page of the digits in a real browser. */
import {browserBackends, FASTEST} from './browser_backends';
import {describePage} from './describe_page';
import {screenshot} from './screenshot';

describePage('digits.html', (tab) => {
  for (const backendName of browserBackends) {
    it(`learns to read [${backendName}]`, async () => {
      await tab.goto('digits.html');
      await tab.shows('#step', /^0 of/);
      const [loss, accuracy] = [await tab.number('#loss'), await tab.number('#accuracy')];
      const toggle = tab.page.locator('#toggle');

      await tab.page.selectOption('#backend', backendName);
      await tab.pressOnceItReaches('#toggle', '#step', 10);
      await toggle.click(); // Once it is enabled again.
      await tab.shows('#toggle', /^Continue$/);
      const paused = await tab.number('#step');
      await tab.pressOnceItReaches('#toggle', '#step', 60);
      await toggle.click();
      await tab.reaches('#step', 60);
      await tab.shows('#toggle', /^Continue$/);

      expect(await tab.page.inputValue('#backend')).toBe(backendName);
      expect(await tab.number('#step')).toBeGreaterThan(paused);
      expect(loss).toBeGreaterThan(1.8); // Around ln 10.
      expect(accuracy).toBeLessThan(50);
      expect(await tab.number('#loss')).toBeLessThan(0.5);
      expect(await tab.number('#accuracy')).toBeGreaterThan(75);
      const wrong = await tab.number('#mistakes-count');
      expect(wrong).toBe(Math.round((360 * (100 - (await tab.number('#accuracy')))) / 100));
      expect(await tab.page.locator('#mistakes figure').count()).toBe(Math.min(12, wrong));
      const captions = await tab.page.locator('#mistakes figcaption').allInnerTexts();
      for (const caption of captions) expect(caption).toMatch(/^(\d) as (?!\1)\d$/);
      if (backendName === FASTEST) await screenshot(tab, 'digits');
    });
  }

  it('begins again on another backend, and takes nothing from the one before', async () => {
    await tab.goto('digits.html');
    for (const backendName of ['webgpu', 'cpu', 'webgpu']) {
      await tab.page.selectOption('#backend', backendName);
      await tab.shows('#toggle', /^Start$/);
      await tab.shows('#step', /^0 of/);
      await tab.pressOnceItReaches('#toggle', '#step', 10);
      await tab.page.locator('#toggle').click();
      await tab.shows('#toggle', /^Continue$/);
      expect(await tab.number('#step')).toBe(10);
    }
  });

  it('offers no webgpu where the browser has no adapter', async () => {
    await tab.page.addInitScript(() => (navigator.gpu.requestAdapter = async () => null));
    await tab.goto('digits.html');
    await tab.shows('#step', /^0 of/);
    const values = await tab.page
      .locator('#backend option')
      .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
    expect(values).toEqual(jasmine.arrayWithExactContents(['webgl', 'wasm', 'cpu']));
  });

  it('shows the scales of its charts before the first step, and which answers are wrong', async () => {
    await tab.goto('digits.html');
    await tab.shows('#step', /^0 of 600$/);
    await tab.page.waitForFunction(() => document.querySelectorAll('#samples .wrong').length > 0);
    const {marks, colors, blank} = await tab.page.evaluate(() => {
      const captions = [...document.querySelectorAll('#samples figcaption')];
      const canvases = [...document.querySelectorAll<HTMLCanvasElement>('.chart canvas')];
      return {
        marks: captions.map((caption) => [
          caption.matches('.wrong'),
          caption.textContent!.endsWith('?'),
        ]),
        colors: [document.querySelector('#samples .wrong')!, document.body].map(
          (element) => getComputedStyle(element).color,
        ),
        // To the left of the grid there are the numbers of the axis.
        blank: canvases.map((canvas) => {
          const {data} = canvas.getContext('2d')!.getImageData(20, 0, 28, canvas.height);
          return data.every((value) => value === 0);
        }),
      };
    });
    for (const [isRed, isMarked] of marks) expect(isRed).toBe(isMarked);
    expect(colors[0]).not.toBe(colors[1]);
    expect(blank).toEqual([false, false]);
  });

  it('says what it waits for, until it can start', async () => {
    await tab.page.addInitScript(() => {
      const {gpu} = navigator;
      const requestAdapter = gpu.requestAdapter.bind(gpu);
      const waiting = new Promise<void>((resolve) => Object.assign(window, {goOn: resolve}));
      gpu.requestAdapter = async (options) => waiting.then(() => requestAdapter(options));
    });
    await tab.goto('digits.html');
    await tab.shows('#why', /^Looking for the fastest backend of this browser \.\.\.$/);
    expect(await tab.page.isDisabled('#toggle')).toBe(true);
    await tab.page.evaluate(() => (window as unknown as {goOn: () => void}).goOn());
    await tab.shows('#why', /^Chosen because this browser has no graphics card: SwiftShader/);
    await tab.shows('#step', /^0 of/);
    await tab.page.waitForSelector('#toggle:enabled');
  });

  it('announces its status seldom', async () => {
    await tab.goto('digits.html');
    await tab.shows('#step', /^0 of/);
    await tab.page.selectOption('#backend', FASTEST);
    await tab.page.evaluate(() => {
      const spoken: {text: string; at: number}[] = [];
      const regions = document.querySelectorAll('[role=status], [aria-live], output');
      const observer = new MutationObserver((records) => {
        const at = performance.now();
        for (const {target} of records) spoken.push({text: target.textContent ?? '', at});
      });
      for (const region of regions) {
        observer.observe(region, {childList: true, characterData: true, subtree: true});
      }
      Object.assign(window, {spoken});
    });
    await tab.pressOnceItReaches('#toggle', '#step', 150);
    await tab.page.locator('#toggle').click();
    await tab.shows('#toggle', /^Continue$/);
    const spoken = await tab.page.evaluate(
      () => (window as unknown as {spoken: {text: string; at: number}[]}).spoken,
    );
    expect(spoken.at(-1)!.text).toMatch(
      /^Paused\. Step 150 of 600: loss .*, .* % read correctly\.$/,
    );
    // By the page's own clock: between two mentions there are 10 seconds of quiet.
    const mentions = spoken.slice(0, -1).map(({at}) => at);
    for (const [i, at] of mentions.slice(1).entries())
      expect(at - mentions[i]).toBeGreaterThan(9900);
  });
});
