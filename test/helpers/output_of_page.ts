import path from 'node:path';

import type {Browser, BrowserContext} from 'playwright-core';

/** How long a page may take to say something. */
const SILENCE_MS = 30_000;

/**
 * What a page says, one line a message, until its program has logged something or
 * failed: 'log: ...', 'warning: ...', 'uncaught: ...'.
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
        // What the graphics driver has to say of reading back without waiting is not the page's.
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

/** What a page with this HTML says, from a server that has the files of a folder beside it. */
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
