/** Tells readers how it goes: the eye what it cannot see in the figures, the ear a little more. */
const QUIET_MS = 10_000;

export class Announcer {
  private last = -Infinity;

  /**
   * @param region a live region that is not shown: the eye has the figures
   * @param line what happened, for the eye
   */
  constructor(
    private readonly region: Element,
    private readonly line?: Element,
  ) {}

  /** Says at once that something happened: an answer to the reader, or an end. */
  tell(text: string, figures = ''): void {
    if (this.line !== undefined) this.line.textContent = text;
    this.say(`${text} ${figures}`.trim());
  }

  /** How it goes, unless something was said a moment ago. */
  mention(text: string): void {
    if (performance.now() - this.last >= QUIET_MS) this.say(text);
  }

  private say(text: string): void {
    this.last = performance.now();
    this.region.textContent = text;
  }
}
