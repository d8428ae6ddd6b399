/** The rungs of the ladder as two charts and a table. */
import {Chart} from './chart';
import {element} from './element';
import type {Outcome, Rung} from './messages';

const curves = ['ours', 'one-hot'];

export class LadderView {
  private readonly timeChart = new Chart(element('time-chart', HTMLElement), {
    x: 'classes',
    y: 'milliseconds',
    curves,
    isLogLog: true,
  });
  private readonly memoryChart = new Chart(element('memory-chart', HTMLElement), {
    x: 'classes',
    y: 'MB',
    curves,
    isLogLog: true,
  });
  private readonly results = element('ladder-results', HTMLElement);
  private readonly rows = element('rungs', HTMLTableSectionElement);
  private readonly rungs: Rung[] = [];

  /** Forgets all rungs. */
  clear(): void {
    this.rungs.length = 0;
    this.rows.replaceChildren();
    this.results.hidden = true;
  }

  add(rung: Rung): void {
    this.results.hidden = false;
    this.rungs.push(rung);
    const row = this.rows.insertRow();
    const {batch, classes} = rung.shape;
    row.insertCell().textContent = `${batch.toLocaleString('en')} × ${classes.toLocaleString('en')}`;
    for (const outcome of [rung.oneHot, rung.ours]) {
      const cell = row.insertCell();
      cell.append(...linesOf(outcome));
      cell.classList.toggle('wall', 'reason' in outcome);
    }
    row.insertCell().append(...ratiosOf(rung));
    this.draw();
  }

  /** In words, what came of the most classes that went both ways. */
  summary(): string {
    for (const {shape, oneHot, ours} of this.ladder().reverse()) {
      if ('reason' in oneHot || 'reason' in ours) continue;
      const [time, memory] = [oneHot.ms / ours.ms, oneHot.bytes / ours.bytes].map(short);
      return `With ${shape.classes.toLocaleString('en')} classes, one-hot takes ${time} times as long as ours and ${memory} times the memory.`; // prettier-ignore
    }
    return 'No number of classes went both ways.';
  }

  /** The rungs of one batch size; the big batch at the end stands in the table alone. */
  private ladder(): Rung[] {
    return this.rungs
      .filter(({shape}) => shape.batch === this.rungs[0].shape.batch)
      .sort((a, b) => a.shape.classes - b.shape.classes);
  }

  private draw(): void {
    const ladder = this.ladder();
    const classes = ladder.map(({shape}) => shape.classes);
    const points = (value: (outcome: Outcome) => number | null) =>
      [ladder.map(({ours}) => value(ours)), ladder.map(({oneHot}) => value(oneHot))]; // prettier-ignore
    const times = points((outcome) => ('ms' in outcome ? outcome.ms : null));
    const memories = points((outcome) =>
      'ms' in outcome && outcome.bytes > 0 ? outcome.bytes / 1e6 : null,
    );
    const description = 'The numbers stand in the table below.';
    this.timeChart.draw(classes, times, `Milliseconds by classes. ${description}`);
    this.memoryChart.draw(classes, memories, `Megabytes by classes. ${description}`);
  }
}

function linesOf(outcome: Outcome): HTMLElement[] {
  if ('reason' in outcome) return [line(outcome.reason)];
  const {ms, bytes} = outcome;
  const time = ms < 1000 ? `${short(ms)} ms` : `${short(ms / 1000)} s`;
  return [line(time), line(`${short(bytes / 1e6)} MB`)];
}

/** How many times what ours takes: the time, and the memory. */
function ratiosOf({oneHot, ours}: Rung): HTMLElement[] {
  if ('reason' in oneHot || 'reason' in ours) return [line('–')];
  const memory = ours.bytes > 0 ? [line(`${short(oneHot.bytes / ours.bytes)}×`)] : [];
  return [line(`${short(oneHot.ms / ours.ms)}×`), ...memory];
}

function line(text: string): HTMLElement {
  const div = document.createElement('div');
  div.textContent = text;
  return div;
}

const short = (value: number) => value.toLocaleString('en', {maximumSignificantDigits: 2});
