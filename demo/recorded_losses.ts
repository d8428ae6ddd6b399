/** One-hot labels and ours in docs/benchmarks.md, for the largest shape that all backends have. */
import recorded from '../docs/benchmarks.md';
import {whole} from './amounts';
import {addCosts} from './cost_row';
import {element} from './element';
import type {RecordedLoss} from './recorded';

export function showRecordedLosses(): void {
  const losses = largestOfAll(recorded.losses);
  const [{batch, classes, machine}] = losses;
  const rows = element('recorded', HTMLTableSectionElement);
  for (const {backend, place, oneHot, ours} of losses) {
    const note = /swiftshader/i.test(place) ? ' (no graphics card)' : '';
    addCosts(rows, backend + note, {oneHot, ours});
  }
  say(
    'recorded-setting',
    `Loss and gradient of ${whole(batch)} labels among ${whole(classes)} classes.`,
  );
  const dates = losses.map(({date}) => date).sort();
  const [first, last] = [dates[0], dates[dates.length - 1]];
  const when = first === last ? `on ${first}` : `from ${first} to ${last}`;
  say('recorded-source', `Measured ${when} on ${machine}.`);
}

/** The records of the shape with most logits among those that every backend has. */
function largestOfAll(losses: readonly RecordedLoss[]): RecordedLoss[] {
  const backends = new Set(losses.map(({backend}) => backend));
  const logits = ({batch, classes}: RecordedLoss) => batch * classes;
  return [...losses]
    .sort((a, b) => logits(b) - logits(a))
    .map(({batch, classes}) =>
      losses.filter((loss) => loss.batch === batch && loss.classes === classes),
    )
    .find((records) => records.length === backends.size)!;
}

function say(id: string, text: string): void {
  element(id, HTMLElement).textContent = text;
}
