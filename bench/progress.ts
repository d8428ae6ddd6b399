import {Presets, SingleBar} from 'cli-progress';

import type {Progress} from './time_in_turn';

/** A bar on stderr that grows with what is expected. */
export class ProgressBar implements Progress {
  private readonly bar: SingleBar;
  private total = 0;

  constructor(title: string) {
    const format = `${title.padEnd(12)} {bar} {value}/{total} {duration_formatted}`;
    this.bar = new SingleBar({format, clearOnComplete: true}, Presets.shades_classic);
    this.bar.start(0, 0);
  }

  expect(steps: number): void {
    this.total += steps;
    this.bar.setTotal(this.total);
  }

  step(): void {
    this.bar.increment();
  }

  stop(): void {
    this.bar.stop();
  }
}
