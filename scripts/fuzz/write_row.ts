/** The fuzz's table in docs/numerics.md: a row for each backend, from its last run with --write. */
import {markdownTable} from 'markdown-table';

import {descriptions} from '../../test/backends';
import type {FuzzResult} from '../../test/fuzz/run_cases';
import {readBetweenMarks, writeBetweenMarks} from '../write_between_marks';

export interface FuzzRun extends FuzzResult {
  readonly backend: string;
  readonly cases: number;
  readonly seed: number;
}

const PATH = 'docs/numerics.md';
const MARK = 'fuzz';

/** The kinds of errors that `compare` collects. */
const ERRORS = [
  'loss',
  'gradient',
  'weighted loss',
  'weighted gradients',
  'linear loss',
  'linear gradients',
];

const HEAD = ['backend', 'cases', 'seed', 'date', 'failed', ...ERRORS];

export async function writeRow({backend, cases, seed, failures, errors}: FuzzRun): Promise<void> {
  const rows = new Map(rowsOf(readBetweenMarks(PATH, MARK)).map((row) => [row[0], row]));
  rows.set(backend, [
    backend,
    cases.toLocaleString('en'),
    String(seed),
    new Date().toISOString().slice(0, 10),
    String(failures.length),
    ...ERRORS.map((what) => (errors[what] ?? 0).toExponential(1)),
  ]);
  const inOrder = [...descriptions.keys()].flatMap((name) => {
    const row = rows.get(name);
    return row === undefined ? [] : [row];
  });
  const table = markdownTable([HEAD, ...inOrder], {
    align: HEAD.map((_, i) => (i === 0 ? 'l' : 'r')),
  });
  await writeBetweenMarks(PATH, MARK, table);
}

/** The cells of the rows below the head. */
function rowsOf(table: string): string[][] {
  return table
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}
