import path from 'node:path';

import type {Browser, BrowserContext} from 'playwright-core';

/** The time in which a page must log something. */
const SILENCE_MS = 30_000;

/**
 * The console messages of a page, until its program has logged something or failed, one line each:
 * 'log: ...', 'warning: ...', 'uncaught: ...'.
 */
export async function outputOfPage(
  browser: Browser | BrowserContext,
  url: string,
): Promise<string[]> {
  const page = await browser.newPage();
  try {
    const lines: string[] = [];
    const ended = new Promise<void>((resolve) => {
      page.on('console', (message) => {
        // The graphics driver complains about reading back without waiting; the page did not log
        // this.
        if (message.text().includes('GL Driver Message')) return;
        lines.push(`${message.type()}: ${message.text()}`);
        if (message.type() === 'log') resolve();
      });
      page.on('pageerror', (error) => {
        lines.push(`uncaught: ${error.message}`);
        resolve();
      });
    });
    await page.goto(url);
    await Promise.race([ended, page.waitForTimeout(SILENCE_MS)]);
    return lines;
  } finally {
    await page.close();
  }
}

/** The messages of a page with this HTML, on a server that also has the files of a folder. */
export async function outputOfServedPage(
  browser: Browser,
  folder: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const context = await browser.newContext();
  await context.route('**/*', (route, request) => {
    const {pathname} = new URL(request.url());
    if (pathname !== '/') return route.fulfill({path: path.join(folder, pathname)});
    return route.fulfill({contentType: 'text/html', headers, body: `<!doctype html>${body}`});
  });
  try {
    return await outputOfPage(context, 'http://localhost/');
  } finally {
    await context.close();
  }
}
