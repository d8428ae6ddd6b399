/** The README's table of backends says what the code does. */
import {readFileSync} from 'node:fs';

import {supportedBackends} from '../../src/index';
import {refusesBadLabels} from '../helpers/bad_labels';

/** The rows of the table that starts with "| backend", as objects by column. */
function backendRows(): Array<{[column: string]: string}> {
  const readme = readFileSync('README.md', 'utf8');
  const [table] = /^\| backend .*\n(\|.*\n)+/m.exec(readme) as RegExpExecArray;
  const [columns, , ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim())); // prettier-ignore
  return rows.map((cells) => Object.fromEntries(columns.map((column, i) => [column, cells[i]])));
}

describe("the README's table of backends", () => {
  const nameOf = (row: {[column: string]: string}) => /`(\w+)`/.exec(row.backend)?.[1];
  const isSupported = (row: {[column: string]: string}) => row['what computes'] !== 'not yet';
  const supportedRows = backendRows().filter(isSupported);

  it('has a full row for each of supportedBackends, and "not yet" for the others alone', () => {
    expect(supportedRows.map(nameOf).sort()).toEqual([...supportedBackends].sort());
    for (const row of supportedRows) expect(Object.values(row)).not.toContain('');
  });

  it('says which of them throw for a bad label', () => {
    for (const row of supportedRows) {
      expect(row['a label outside `[0, classes)`'].startsWith('throws'))
        .withContext(row.backend)
        .toBe(refusesBadLabels(nameOf(row) as string));
    }
  });
});
