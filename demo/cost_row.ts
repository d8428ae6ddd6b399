/** A line of a table: what one-hot labels and ours cost, and how many times more. */
import {duration, megabytes, times} from './amounts';
import type {Outcome, Rung} from './messages';

export function addCosts(
  rows: HTMLTableSectionElement,
  name: string,
  {oneHot, ours}: Omit<Rung, 'shape'>,
): void {
  const row = rows.insertRow();
  const head = document.createElement('th');
  head.scope = 'row';
  head.textContent = name;
  row.append(head);
  for (const outcome of [oneHot, ours]) {
    const cell = row.insertCell();
    cell.append(...linesOf(outcome));
    cell.classList.toggle('wall', 'reason' in outcome);
  }
  row.insertCell().append(...ratiosOf(oneHot, ours));
}

function linesOf(outcome: Outcome): HTMLElement[] {
  if ('reason' in outcome) return [line(outcome.reason)];
  return [line(duration(outcome.ms)), line(megabytes(outcome.bytes))];
}

/** The ratios one-hot / ours: of time, and of memory. */
function ratiosOf(oneHot: Outcome, ours: Outcome): HTMLElement[] {
  if ('reason' in oneHot || 'reason' in ours) return [line('–')];
  const memory = ours.bytes > 0 ? [line(times(oneHot.bytes / ours.bytes))] : [];
  return [line(times(oneHot.ms / ours.ms)), ...memory];
}

function line(text: string): HTMLElement {
  const div = document.createElement('div');
  div.textContent = text;
  return div;
}
