import {markdownTable} from 'markdown-table';

import {format, median} from '../tables';
import {linear, plain} from './contestants';
import type {LayerCase} from './layer_case';
import type {LayerMeasurement, LayerResults} from './run';

const HEAD = [
  '[batch, units] x [units, classes]',
  'contestant',
  'median ms',
  'min ms',
  'samples',
  'time / plain',
  'peak MB',
  'peak / logits',
];

export interface LayerCaseResults {
  readonly layerCase: LayerCase;
  readonly results: LayerResults;
}

/** The table of one mode, two rows for each layer. */
export function layerTable(all: readonly LayerCaseResults[], mode: string): string {
  const rows = all.flatMap(({layerCase, results}) => rowsOf(layerCase, results[mode]));
  return markdownTable([HEAD, ...rows], {align: HEAD.map((_, i) => (i < 2 ? 'l' : 'r'))});
}

export const layerLegend = `The mean loss of a last layer, forward and with the gradients for inputs and kernel:

- **${plain.name}**: ${plain.description}
- **${linear.name}**: ${linear.description}

They agree to 1e-3, and are timed as above. _Peak_ is the memory above inputs and results. Where there
are no times only memory is measured.`;

function rowsOf(
  {batch, units, classes}: LayerCase,
  measurements: readonly LayerMeasurement[],
): string[][] {
  const plainMs = median(measurements.find(({name}) => name === plain.name)!.samples);
  return measurements.map(({name, samples, peakBytes}, i) => [
    i === 0 ? `[${batch}, ${units}] x [${units}, ${classes}]` : '',
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
