/** npm run bench -- --linear: a last layer, with its logits and without. */
import {markdownTable} from 'markdown-table';

import {median} from '../median';
import type {Place} from '../place';
import {ProgressBar} from '../progress';
import {format} from '../tables';
import {type LayerCase, layerModes, linear, oneHot, plain} from './layer';
import type {LayerMeasurement, LayerResults} from './measure';

const HEAD = [
  '[batch, units] x kernel',
  'contestant',
  'median ms',
  'min ms',
  'samples',
  'time / plain',
  'peak MB',
  'peak / logits',
];

interface LayerCaseResults {
  readonly layerCase: LayerCase;
  readonly results: LayerResults;
}

/**
 * The parts of its section, printed as they come: times with either kernel, and memory alone at 4
 * times the batch.
 */
export async function benchLinear(place: Place, timed: LayerCase): Promise<string[]> {
  const all: LayerCaseResults[] = [];
  for (const layerCase of [
    timed,
    {...timed, transposeKernel: true},
    {...timed, batch: 4 * timed.batch, isTimed: false},
  ]) {
    const {batch, units, classes} = layerCase;
    const bar = new ProgressBar(`${batch}x${units}x${classes}`);
    const results = await place.runLayer(layerCase, bar);
    bar.stop();
    all.push({layerCase, results});
    for (const mode of layerModes.keys()) {
      console.log(`${mode}\n${layerTable(all.slice(-1), mode)}\n`);
    }
  }
  return [
    LEGEND,
    ...[...layerModes.keys()].flatMap((mode) => [`### ${mode}`, layerTable(all, mode)]),
  ];
}

/** The table of one mode: a row for each contestant and layer. */
function layerTable(all: readonly LayerCaseResults[], mode: string): string {
  const rows = all.flatMap(({layerCase, results}) => rowsOf(layerCase, results[mode]));
  return markdownTable([HEAD, ...rows], {align: HEAD.map((_, i) => (i < 2 ? 'l' : 'r'))});
}

const LEGEND = `The mean loss of a last layer, forward and with the gradients for inputs and kernel:

${[plain, linear, oneHot].map(({name, description}) => `- **${name}**: ${description}`).join('\n')}

They agree to 1e-3, and are timed as above. A kernel of \`[classes, units]\` is transposed in the
product. _Peak_ is the memory above inputs and results. Where there are no times only memory is
measured.`;

function rowsOf(layerCase: LayerCase, measurements: readonly LayerMeasurement[]): string[][] {
  const {batch, units, classes, transposeKernel} = layerCase;
  const kernel = transposeKernel ? `[${classes}, ${units}]` : `[${units}, ${classes}]`;
  const inOrder = [plain, linear, oneHot].map(({name}) =>
    measurements.find((m) => m.name === name)!,
  );
  const plainMs = median(inOrder[0].samples);
  return inOrder.map(({name, samples, peakBytes}, i) => [
    i === 0 ? `[${batch}, ${units}] x ${kernel}` : '',
    name,
    ...(samples.length === 0
      ? ['', '', '', '']
      : [
          format(median(samples)),
          format(Math.min(...samples)),
          String(samples.length),
          `${(median(samples) / plainMs).toFixed(2)}x`,
        ]),
    ...(typeof peakBytes === 'number'
      ? [format(peakBytes / 1e6), `${(peakBytes / (4 * batch * classes)).toFixed(2)}x`]
      : [`none: ${peakBytes.error}`.replaceAll('\n', ' '), '']),
  ]);
}
