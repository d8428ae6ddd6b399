/** The table of docs/platforms.md, of what a run recorded. */
import {markdownTable} from 'markdown-table';

import {platforms as list} from './platforms';
import type {Tried} from './try';

export const RECORD = 'scripts/platforms/recorded.json';

export interface Run {
  readonly date: string;
  readonly platforms: readonly Tried[];
}

export function platformsTable({date, platforms}: Run): string {
  const rows = platforms.map(({name, package: packageName, version, answer, failure}) => [
    name,
    version === undefined ? '' : `\`${packageName}\` ${version}`,
    failure === undefined ? 'yes' : `no: ${failure}`,
    answer?.backends ? Object.keys(answer.backends).join(', ') : '',
    list.find((platform) => platform.name === name)?.note ?? '',
  ]);
  const header = ['what', 'version', 'works', 'backends', 'note'];
  const [, tfVersion] = platforms.map(({answer}) => answer?.tfVersion).filter(Boolean);
  return `${date}, TensorFlow.js ${tfVersion}.\n\n${markdownTable([header, ...rows])}`;
}
