/**
 * npm run platforms [-- NAME ...]: the packed package in runtimes and tools, into
 * docs/platforms.md. With names it tries these again, and keeps what is recorded of the others.
 */
import {existsSync, readFileSync, writeFileSync} from 'node:fs';

import {format, resolveConfig} from 'prettier';

import {launchBrowser} from '../launch_browser';
import {writeBetweenMarks} from '../write_between_marks';
import {platforms} from './platforms';
import {platformsTable, RECORD, type Run} from './table';
import {type Tried, tryPlatform} from './try';

const names = process.argv.slice(2);
const unknown = names.filter((name) => !platforms.some((platform) => platform.name === name));
if (unknown.length > 0) throw new Error(`No such platform: ${unknown.join(', ')}.`);

const recorded: readonly Tried[] =
  names.length > 0 && existsSync(RECORD)
    ? (JSON.parse(readFileSync(RECORD, 'utf8')) as Run).platforms
    : [];
const browser = await launchBrowser();
const tried: Tried[] = [];
for (const platform of platforms) {
  const known = recorded.find(({name}) => name === platform.name);
  if (known && !names.includes(platform.name)) {
    tried.push(known);
    continue;
  }
  const result = await tryPlatform(platform, browser);
  console.log(`${result.name} ${result.version ?? ''}: ${result.failure ?? 'works'}`);
  tried.push(result);
}
await browser.close();

const run: Run = {date: new Date().toISOString().slice(0, 10), platforms: tried};
const options = {...(await resolveConfig(RECORD)), parser: 'json'};
writeFileSync(RECORD, await format(JSON.stringify(run), options));
await writeBetweenMarks('docs/platforms.md', 'platforms', platformsTable(run));
