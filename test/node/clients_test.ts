/**
 * docs/clients.md has the table of what `npm run clients` recorded last, of the clients that there
 * are.
 */
import {readFileSync} from 'node:fs';

import {format, resolveConfig} from 'prettier';

import {clients} from '../../scripts/clients/clients';
import {changedLines} from '../../scripts/clients/edit';
import {RECORD} from '../../scripts/clients/record';
import {clientsTable} from '../../scripts/clients/table';
import {readBetweenMarks} from '../../scripts/write_between_marks';

describe('docs/clients.md', () => {
  const run = JSON.parse(readFileSync(RECORD, 'utf8'));

  it('has the table of the recorded run; npm run clients writes both', async () => {
    const page = readBetweenMarks('docs/clients.md', 'clients');
    const options = {...(await resolveConfig('docs/clients.md')), parser: 'markdown'};
    expect(page.trim()).toBe((await format(clientsTable(run), options)).trim());
  });

  it('has every client of the list', () => {
    const listed = clients.flatMap(({name, packageSpec, runs}) =>
      runs.map(({backend, size, differs}) => ({client: name, packageSpec, backend, size, differs})),
    );
    const recorded = run.clients.map(
      ({client, packageSpec, backend, size, differs}: {[key: string]: string}) => ({
        client,
        packageSpec,
        backend,
        size,
        differs,
      }),
    );
    expect(recorded).toEqual(listed);
  });
});

describe('the edits of a client', () => {
  const edit = (find: string, replace: string) => ({file: 'loss.js', find, replace});

  it('count the lines that the original has not', () => {
    const code = 'a\nb\nc\nb';
    expect(changedLines(code, [edit('a', 'a\nnew')])).toBe(1);
    expect(changedLines(code, [edit('b', 'B')])).toBe(2);
    expect(changedLines(code, [edit('c', 'b')])).toBe(1);
    expect(changedLines(code, [])).toBe(0);
  });

  it('fail where the code is another', () => {
    expect(() => changedLines('a', [edit('b', 'c')])).toThrowError("loss.js has no 'b'.");
  });
});
