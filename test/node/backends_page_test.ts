/** The table of docs/backends.md says what the code does. */
import {readFileSync} from 'node:fs';

import {supportedBackends} from '../../src/index';
import {descriptionOf} from '../backends';

/** The rows of the table that starts with "| backend", as objects by column. */
function backendRows(): Array<{[column: string]: string}> {
  const page = readFileSync('docs/backends.md', 'utf8');
  const [table] = /^\| backend .*\n(\|.*\n)+/m.exec(page) as RegExpExecArray;
  const [columns, , ...rows] = table
    .trim()
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  return rows.map((cells) => Object.fromEntries(columns.map((column, i) => [column, cells[i]])));
}

describe('the table of docs/backends.md', () => {
  const isSupported = (row: {[column: string]: string}) => row['what computes'] !== 'not yet';
  const supportedRows = backendRows().filter(isSupported);

  for (const backendName of supportedBackends) {
    it(`has the row that test/backends/${backendName}.ts describes`, () => {
      const {docs, badLabel} = descriptionOf(backendName);
      const row = supportedRows.find((row) => row.backend === docs.backend);
      expect(row).toEqual({
        backend: docs.backend,
        'what computes': docs.computes,
        gradients: 'every order',
        precision: docs.precision,
        'a label outside `[0, classes)`':
          badLabel === 'throws' ? 'throws `InvalidArgumentError`' : 'NaN for its row, no other',
        where: docs.where,
      });
    });
  }

  it('says "not yet" of all others', () => {
    expect(supportedRows.length).toBe(supportedBackends.length);
  });
});
