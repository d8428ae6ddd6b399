/** Builds and serves the pages once, starts a browser once, and opens a tab for each spec. */
import {build, context} from 'esbuild';
import type {Browser} from 'playwright-core';

import {bundle} from '../../../demo/bundle';
import {launchBrowser} from '../../../scripts/launch_browser';
import {descriptionOf} from '../../backends';
import {Tab} from './tab';

const HOST = '127.0.0.1';
/** A spec that hangs ends here: after the waits of its tab, which say what they waited for. */
const HANG_MS = 300_000;

interface Site {
  readonly address: string;
  readonly browser: Browser;
  close(): Promise<void>;
}

let opening: Promise<Site> | undefined;

async function open(): Promise<Site> {
  await build(bundle);
  // It serves files alone: with entry points it would build them for each request.
  const server = await context({});
  // The pages are in a folder of it.
  const {port} = await server.serve({host: HOST, port: 0, servedir: 'demo'});
  const browser = await launchBrowser(descriptionOf('webgpu').chromiumFlags);
  const close = async () => {
    await browser.close();
    await server.dispose();
  };
  return {address: `http://${HOST}:${port}/dist`, browser, close};
}

afterAll(async () => (await opening)?.close());

/** Specs of one page, each in a new tab, in which nothing may go wrong. */
export function describePage(name: string, specs: (tab: Tab) => void): void {
  describe(`the page ${name}`, () => {
    const defaultInterval = jasmine.DEFAULT_TIMEOUT_INTERVAL;
    const tab = new Tab();

    beforeAll(async () => {
      jasmine.DEFAULT_TIMEOUT_INTERVAL = HANG_MS;
      await (opening ??= open());
    }, HANG_MS);

    beforeEach(async () => {
      const {address, browser} = await opening!;
      await tab.open(browser, address);
    });

    afterEach(async () => {
      expect(tab.troubles).toEqual([]);
      await tab.page.close();
    });

    afterAll(() => {
      jasmine.DEFAULT_TIMEOUT_INTERVAL = defaultInterval;
    });

    specs(tab);
  });
}
