/** The section of docs/backends.md on bundles. */
import {markdownTable} from 'markdown-table';

import type {Sizes} from './measure';

const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
const percent = (bytes: number, of: number) => `${Math.round((100 * bytes) / of)} %`;

const nameOf = (backends: string) =>
  ({all: 'all five', none: 'no backend'})[backends] ?? `\`${backends}\` alone`;

export function bundleText(rows: {readonly [backends: string]: Sizes}, tf: number): string {
  const {all} = rows;
  const table = markdownTable(
    [
      ['kernels of', 'a page of the loss', 'of all five', 'a page of the op', 'of all five'],
      ...Object.entries(rows).map(([backends, {loss, op}]) => [
        nameOf(backends),
        kB(loss),
        percent(loss, all.loss),
        kB(op),
        percent(op, all.op),
      ]),
    ],
    {align: ['l', 'r', 'r', 'r', 'r']},
  );
  const saved = all.loss - rows.webgl.loss;
  return (
    `${table}\n\nTensorFlow.js itself, tfjs-core with its gradients and the webgl backend, is ` +
    `${kB(tf)} there. An entry for webgl alone would save ${kB(saved)} of the ` +
    `${kB(tf + all.loss)} of both, ${percent(saved, tf + all.loss)}.`
  );
}
