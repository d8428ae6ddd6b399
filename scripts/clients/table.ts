/** The table of docs/clients.md, of what a run recorded. */
import {markdownTable} from 'markdown-table';

import type {Recorded, Run} from './record';

const labels = {theirs: 'theirs', ours: 'ours', fused: 'ours, fused layer'};

export function clientsTable({date, machine, load, clients}: Run): string {
  const header = [
    'client',
    'backend, batch',
    'loss',
    'lines',
    '20 steps differ by',
    'last loss',
    'ms a step',
    'loss in it',
    'peak MB',
  ];
  const table = markdownTable([header, ...clients.flatMap(rowsOf)], {
    align: ['l', 'l', 'l', 'r', 'l', 'r', 'r', 'r', 'r'],
  });
  return `${date}, ${machine}, load ${load} at the start.\n\n${table}`;
}

function rowsOf({packageSpec, client, backend, size, differs, measured}: Recorded): string[][] {
  return Object.entries(measured).map(([variant, m], i) => [
    i > 0 ? '' : client.includes(',') ? client : `\`${packageSpec}\``,
    i > 0 ? '' : `${backend}, ${size}`,
    labels[variant as keyof typeof labels],
    i > 0 ? `${m.lines}` : '',
    i > 0 ? `${m.difference.toExponential(0)}${differs ? `: ${differs}` : ''}` : '',
    m.lastLoss.toPrecision(5),
    digits(m.stepMs),
    m.lossMs === undefined ? '' : `${digits(m.lossMs)} (${digits((100 * m.lossMs) / m.stepMs)} %)`,
    digits(m.peakBytes / 1e6),
  ]);
}

/** Three digits, and no more than 1,000 has. */
const digits = (value: number) =>
  Number(value >= 100 ? value.toFixed(0) : value.toPrecision(3)).toLocaleString('en');
