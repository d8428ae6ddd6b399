/** The rungs of the ladder as two charts and a table. */
import {times, whole} from './amounts';
import {Chart} from './chart';
import {addCosts} from './cost_row';
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
    const {batch, classes} = rung.shape;
    addCosts(this.rows, `${whole(batch)} × ${whole(classes)}`, rung);
    this.draw();
  }

  /** In words, what came of the most classes that went both ways. */
  summary(): string {
    for (const {shape, oneHot, ours} of this.ladder().reverse()) {
      if ('reason' in oneHot || 'reason' in ours) continue;
      const [time, memory] = [oneHot.ms / ours.ms, oneHot.bytes / ours.bytes].map(times);
      return `With ${whole(shape.classes)} classes, one-hot takes ${time} the time of ours and ${memory} the memory.`;
    }
    return 'No number of classes went both ways.';
  }

  /** The rungs of one batch size; the big batch at the end is in the table alone. */
  private ladder(): Rung[] {
    return this.rungs
      .filter(({shape}) => shape.batch === this.rungs[0].shape.batch)
      .sort((a, b) => a.shape.classes - b.shape.classes);
  }

  private draw(): void {
    const ladder = this.ladder();
    const classes = ladder.map(({shape}) => shape.classes);
    const points = (value: (outcome: Outcome) => number | null) => [
      ladder.map(({ours}) => value(ours)),
      ladder.map(({oneHot}) => value(oneHot)),
    ];
    const times = points((outcome) => ('ms' in outcome ? outcome.ms : null));
    const memories = points((outcome) =>
      'ms' in outcome && outcome.bytes > 0 ? outcome.bytes / 1e6 : null,
    );
    const description = 'The numbers stand in the table below.';
    this.timeChart.draw(classes, times, `Milliseconds by classes. ${description}`);
    this.memoryChart.draw(classes, memories, `Megabytes by classes. ${description}`);
  }
}
