import {execFileSync} from 'node:child_process';

import type {Browser} from 'playwright-core';

/** A headless one, which scripts/find_browser.sh finds. */
export async function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  // Loaded late: Node 18 loads this file, which playwright does not support, but no browser.
  const {chromium} = await import('playwright-core');
  const executablePath = execFileSync('bash', ['scripts/find_browser.sh'], {encoding: 'utf8'});
  return chromium.launch({executablePath: executablePath.trim(), args: [...args]});
}
