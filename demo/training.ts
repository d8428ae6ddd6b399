/** One training of a Reader, from its first step to its last, which can be paused. */
import * as tf from '@tensorflow/tfjs';

import {type Digits, Reader} from './digits';

const STEPS_PER_REPORT = 5;

export interface Report {
  /** Steps done. */
  readonly step: number;
  /** In nats, of all digits that it trains on. */
  readonly loss: number;
  /** The digit that the network reads in each test image. */
  readonly predicted: ArrayLike<number>;
}

export class Training {
  private step = 0;
  private isPaused = true;
  private running = Promise.resolve();
  private readonly reader = new Reader();

  constructor(
    private readonly train: Digits,
    private readonly test: Digits,
    private readonly steps: number,
    private readonly report: (report: Report) => void,
  ) {}

  get isDone(): boolean {
    return this.step >= this.steps;
  }

  get isRunning(): boolean {
    return !this.isPaused && !this.isDone;
  }

  /** Trains until it is paused or done; resolves then. */
  async start(): Promise<void> {
    this.isPaused = false;
    this.running = this.run();
    await this.running;
  }

  /** Resolves when the steps under way are done. */
  async pause(): Promise<void> {
    this.isPaused = true;
    await this.running;
  }

  /** Reports how the network does now. */
  async observe(): Promise<void> {
    const loss = await this.reader.loss(this.train);
    const predicted = await this.reader.read(this.test);
    this.report({step: this.step, loss, predicted});
  }

  /** Disposes the digits too: no tensor is left to be moved to another backend. */
  async dispose(): Promise<void> {
    await this.pause();
    this.reader.dispose();
    tf.dispose([this.train, this.test]);
  }

  private async run(): Promise<void> {
    while (this.isRunning) {
      for (let i = 0; i < STEPS_PER_REPORT; i++) this.reader.step(this.train);
      this.step += STEPS_PER_REPORT;
      await this.observe();
      await tf.nextFrame(); // Lets the browser draw.
    }
  }
}
