/** Two losses in one chart, and what came of them in words. */
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
  private steps = 1;
  private losses: Record<Runner, number[]> = {ours: [], layers: []};

  /** Begins anew, with so many steps to come. */
  clear(steps: number): void {
    this.steps = steps;
    this.losses = {ours: [], layers: []};
    this.verdict.replaceChildren();
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

  finish({runner, backend, epsilon, moved}: Finish): void {
    const name = runner === 'ours' ? 'Ours' : 'tf.layers';
    const from = `${name}, on ${backend}: loss ${range(this.losses[runner])}.`;
    const cut = runner === 'layers' ? ` It cuts off at ${epsilon}.` : '';
    const stuck = moved === 0 ? ' No weight has moved at all.' : '';
    const line = document.createElement('li');
    line.textContent = from + cut + stuck;
    this.verdict.append(line);
  }
}

const range = (losses: readonly number[]) =>
  losses.length === 0 ? 'none yet' : `${losses[0].toFixed(2)} → ${losses.at(-1)!.toFixed(2)}`;
