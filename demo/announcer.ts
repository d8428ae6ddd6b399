/** Tells those who hear the page how it goes, seldom enough to be listened to. */
const QUIET_MS = 10_000;

export class Announcer {
  private last = -Infinity;

  /** `region` is a live region that is not shown: the eye has the figures. */
  constructor(private readonly region: HTMLElement) {}

  /** What happened, at once: an answer to what the reader did, or an end. */
  tell(text: string): void {
    this.last = performance.now();
    this.region.textContent = text;
  }

  /** How it goes, unless something was told a moment ago. */
  mention(text: string): void {
    if (performance.now() - this.last >= QUIET_MS) this.tell(text);
  }
}
