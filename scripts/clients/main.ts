/**
 * npm run clients: published programs train with their loss and with ours, into docs/clients.md.
 */
import {writeFileSync} from 'node:fs';

import {format, resolveConfig} from 'prettier';

import {writeBetweenMarks} from '../write_between_marks';
import {clients} from './clients';
import {fetchClient} from './fetch';
import {interleave} from './interleave';
import {describeMachine, type Recorded, record, RECORD} from './record';
import {clientsTable} from './table';

const machine = describeMachine();
const recorded: Recorded[] = [];
for (const client of clients) {
  fetchClient(client);
  for (const run of client.runs) {
    console.log(`${client.name} on ${run.backend}: ${run.size} ...`);
    recorded.push(record(client, run, await interleave(client, run)));
  }
}
const run = {...machine, clients: recorded};
const options = {...(await resolveConfig(RECORD)), parser: 'json'};
writeFileSync(RECORD, await format(JSON.stringify(run), options));
const table = clientsTable(run);
await writeBetweenMarks('docs/clients.md', 'clients', table);
console.log(table);
