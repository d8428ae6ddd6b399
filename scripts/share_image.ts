/** npm run share-image: demo/share.png, the top of the front page once the model can write. */
import {build, context} from 'esbuild';

import {bundle} from '../demo/bundle';
import {launchBrowser} from './launch_browser';

/** As the sites that show shared links want it. */
const SIZE = {width: 1200, height: 630};
const STEPS = 400;

await build(bundle);
const server = await context({});
const {port} = await server.serve({host: '127.0.0.1', port: 0, servedir: bundle.outdir});
const browser = await launchBrowser();
const page = await browser.newPage({viewport: SIZE, colorScheme: 'light'});
page.setDefaultTimeout(0); // The machine may be slow.
await page.goto(`http://127.0.0.1:${port}`);
await page.locator('#temperature').fill('0');
await page.locator('#toggle').click();
await page.waitForFunction(
  (steps) => Number(document.querySelector('#step')!.textContent) >= steps,
  STEPS,
);
// The next sample is written after these steps.
await page.evaluate(
  () =>
    new Promise((resolve) => {
      const sample = document.querySelector('#sample')!;
      new MutationObserver(resolve).observe(sample, {childList: true, characterData: true});
    }),
);
await page.evaluate(() => scrollTo(0, 0)); // The fields are further down.
await page.screenshot({path: 'demo/share.png'});
await browser.close();
await server.dispose();
