/** Parts of docs/ that a program writes: all between `<!-- name -->` and `<!-- /name -->`. */
import {readFileSync, writeFileSync} from 'node:fs';

import {format, resolveConfig} from 'prettier';

function split(path: string, name: string): [before: string, between: string, after: string] {
  const page = readFileSync(path, 'utf8');
  const [before, rest] = page.split(`<!-- ${name} -->`);
  const [between, after] = rest.split(`<!-- /${name} -->`);
  return [before, between, after];
}

export function readBetweenMarks(path: string, name: string): string {
  return split(path, name)[1];
}

export async function writeBetweenMarks(path: string, name: string, text: string): Promise<void> {
  const [before, , after] = split(path, name);
  const page = `${before}<!-- ${name} -->\n\n${text}\n\n<!-- /${name} -->${after}`;
  writeFileSync(path, await format(page, {...(await resolveConfig(path)), parser: 'markdown'}));
}
