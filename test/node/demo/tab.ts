/**
 * A page in a real browser, as a spec sees it. Each method waits for the state of the page that it
 * is asked about, however long that takes, and says what it saw if that state never comes.
 */
import type {Browser, Page} from 'playwright-core';

/** A page that hangs ends here. No slow machine needs so long. */
const HANG_MS = 280_000;

export class Tab {
  page!: Page;
  /** Errors in the page, and requests of another server. */
  troubles: string[] = [];

  private address = '';

  /** A new tab of the browser, for pages at this address. */
  async open(browser: Browser, address: string): Promise<void> {
    this.address = address;
    this.troubles = [];
    this.page = await browser.newPage();
    this.page.setDefaultTimeout(HANG_MS);
    this.page.on('pageerror', (error) => this.troubles.push(`uncaught: ${error.message}`));
    this.page.on('console', (message) => {
      // tf.js warns where webgpu is read at once, which it does wrongly on some devices.
      if (message.type() === 'error' || /synchronously reading/.test(message.text()))
        this.troubles.push(message.text());
    });
    this.page.on('requestfailed', (request) => this.troubles.push(`failed: ${request.url()}`));
    this.page.on('request', (request) => {
      if (!request.url().startsWith(address) && !request.url().startsWith('data:'))
        this.troubles.push(`asks another server: ${request.url()}`);
    });
  }

  /** Goes to a page of the site. */
  async goto(path = ''): Promise<void> {
    await this.page.goto(`${this.address}/${path}`);
  }

  /**
   * The text that an element shows now. Use it only after a wait for something shown at the same
   * time.
   */
  async text(selector: string): Promise<string> {
    return (await this.page.innerText(selector)).trim();
  }

  async number(selector: string): Promise<number> {
    return parseFloat(await this.text(selector));
  }

  /** The texts of all figures of the page at one moment, by their ids. */
  async figures(): Promise<{readonly [id: string]: string}> {
    const entries = await this.page
      .locator('.figures dd')
      .evaluateAll((figures) => figures.map(({id, textContent}) => [id, textContent!.trim()]));
    return Object.fromEntries(entries);
  }

  /** Waits until the text of an element matches; returns the match. */
  async shows(selector: string, pattern: RegExp): Promise<readonly string[]> {
    const match = ({selector, source, flags}: {selector: string; source: string; flags: string}) =>
      new RegExp(source, flags).exec(
        document.querySelector<HTMLElement>(selector)!.innerText.trim(),
      );
    const {source, flags} = pattern;
    try {
      const found = await this.page.waitForFunction(match, {selector, source, flags});
      return (await found.jsonValue())!;
    } catch (error) {
      const shown = await this.page.locator(selector).first().innerText();
      throw new Error(`${selector} shows “${shown}”, and never ${pattern}.`, {cause: error});
    }
  }

  /** Waits until an element shows a number that is not below `least`. */
  async reaches(selector: string, least: number): Promise<void> {
    await this.page.waitForFunction(
      ({selector, least}) => parseFloat(document.querySelector(selector)!.textContent!) >= least,
      {selector, least},
    );
  }

  /**
   * Presses a button as soon as an element shows a number of `least` or more. It does so inside the
   * page, before the page's next step, because the spec would see the number too late.
   */
  async pressOnceItReaches(button: string, selector: string, least: number): Promise<void> {
    await this.page.evaluate(
      ({button, selector, least}) => {
        const watched = document.querySelector(selector)!;
        const observer = new MutationObserver(() => {
          if (!(parseFloat(watched.textContent!) >= least)) return;
          observer.disconnect();
          document.querySelector<HTMLButtonElement>(button)!.click();
        });
        observer.observe(watched, {childList: true, characterData: true, subtree: true});
      },
      {button, selector, least},
    );
  }
}
