/** The figures of the language model, its curve, and what it writes. */
import {megabytes, short, whole} from './amounts';
import {Chart} from './chart';
import {element} from './element';
import type {StepReport} from './language_messages';

/** The loss of a model that knows nothing. */
const BLIND = Math.log(50257);

export class ModelView {
  private reports: StepReport[] = [];
  private readonly chart = new Chart(element('loss-chart', HTMLElement), {
    x: 'step',
    y: 'loss, nats',
    curves: ['this model', 'blind guess'],
    xRange: () => [0, Math.max(10, this.reports.at(-1)?.step ?? 0)],
    yRange: () => [0, 12],
  });
  /** For a new model, or for one that has done these steps. `hint` is shown until it writes. */
  restart(reports: readonly StepReport[], hint: string): void {
    this.reports = [...reports];
    element('written', HTMLElement).dataset.hint = hint;
    show('step', '0');
    for (const id of ['loss', 'perplexity', 'speed', 'model-memory', 'step-memory']) show(id, '–');
    this.showSample('', '');
    this.draw();
  }

  add(report: StepReport): void {
    this.reports.push(report);
    this.draw();
  }

  showSample(prompt: string, text: string): void {
    show('prompt', prompt);
    show('sample', text);
  }

  /** The last step in words, for screen readers. */
  news(): string {
    const last = this.reports.at(-1);
    if (last === undefined) return '';
    const {step, loss} = last;
    return `Step ${step}: loss ${loss.toFixed(2)}, perplexity ${perplexity(loss)}.`;
  }

  private draw(): void {
    const steps = this.reports.map(({step}) => step);
    const losses = this.reports.map(({loss}) => loss);
    const last = this.reports.at(-1);
    this.chart.draw(
      [0, ...steps],
      [
        [BLIND, ...losses],
        [BLIND, ...losses.map(() => BLIND)],
      ],
      last === undefined ? 'Loss: no step yet' : `Loss: now ${last.loss.toFixed(3)} nats`,
    );
    if (last === undefined) return;
    show('step', `${last.step}`);
    show('loss', last.loss.toFixed(3));
    show('perplexity', perplexity(last.loss));
    show('speed', whole(last.tokensPerSecond));
    show('model-memory', megabytes(last.modelBytes));
    show('step-memory', megabytes(last.stepBytes));
  }
}

const perplexity = (loss: number) => short(Math.exp(loss));

function show(id: string, value: string): void {
  element(id, HTMLElement).textContent = value;
}
