/** Two losses in one chart, and the result in words. */
import {Chart, type Points} from './chart';
import {element} from './element';
import type {Finish, Runner} from './messages';

export class RaceView {
  private readonly chart = new Chart(element('race-chart', HTMLElement), {
    x: 'step',
    y: 'loss, nats',
    curves: ['ours', 'tf.layers'],
    xRange: () => [1, this.steps],
  });
  private readonly results = element('race-results', HTMLElement);
  private readonly verdict = element('verdict', HTMLUListElement);
  private readonly title = element('race-title', HTMLElement);
  private readonly neutral = this.title.textContent;
  private steps = 1;
  private losses: Record<Runner, number[]> = {ours: [], layers: []};
  private finishes: Finish[] = [];

  /** Clears the chart for a race of so many steps. */
  clear(steps: number): void {
    this.steps = steps;
    this.losses = {ours: [], layers: []};
    this.finishes = [];
    this.verdict.replaceChildren();
    this.results.hidden = true;
    this.title.textContent = this.neutral;
  }

  step(runner: Runner, loss: number): void {
    this.results.hidden = false;
    this.losses[runner].push(loss);
    const {ours, layers} = this.losses;
    const steps = Array.from({length: Math.max(ours.length, layers.length)}, (_, i) => i + 1);
    const points = (losses: readonly number[]): Points => steps.map((_, i) => losses[i] ?? null);
    this.chart.draw(
      steps,
      [points(ours), points(layers)],
      `Loss of ours: ${range(ours)}. Loss of tf.layers: ${range(layers)}.`,
    );
  }

  finish(finish: Finish): void {
    this.finishes.push(finish);
    const {runner, backend, epsilon} = finish;
    const from = `${names[runner]}, on ${backend}: loss ${range(this.losses[runner])}.`;
    const cut = runner === 'layers' ? ` It cuts off at ${epsilon}.` : '';
    const line = document.createElement('li');
    line.textContent = from + cut + (finish.moved === 0 ? ' No weight has moved at all.' : '');
    this.verdict.append(line);
  }

  /** Says which of the two learned. */
  summary(): string {
    const [learned, stuck] = [true, false].map((hasMoved) =>
      this.finishes.filter(({moved}) => moved > 0 === hasMoved).map(({runner}) => names[runner]),
    );
    if (stuck.length === 0) {
      return 'Both learned: on this backend the cut of tf.layers does not bite. On webgl it does.';
    }
    this.title.textContent = 'A model that cannot learn';
    return `${learned.join(' and ')} learned; ${stuck.join(' and ')} did not move at all.`;
  }
}

const names: Record<Runner, string> = {ours: 'Ours', layers: 'tf.layers'};

const range = (losses: readonly number[]) =>
  losses.length === 0 ? 'none yet' : `${losses[0].toFixed(2)} → ${losses.at(-1)!.toFixed(2)}`;
