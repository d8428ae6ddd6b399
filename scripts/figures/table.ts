/** The README's tables of figures. */
import {markdownTable} from 'markdown-table';

import {backendNames, compare, lastLayerOf} from './benchmarks';

const shapes = ['[128, 10]', '[65536, 10]', '[1024, 1000]', '[256, 32000]'];

export function figuresTable(): string {
  const cellOf = (backend: string, shape: string) => {
    const comparison = compare(backend, 'Forward + gradient', shape);
    return comparison ? times(comparison.timesAsFast) : '';
  };
  return markdownTable([
    ['`[batch, classes]`', ...backendNames],
    ...shapes.map((shape) => [
      `\`${shape}\``,
      ...backendNames.map((backend) => cellOf(backend, shape)),
    ]),
  ]);
}

export function lastLayerTable(): string {
  const layers = backendNames.map(lastLayerOf);
  return markdownTable([
    ['', ...backendNames],
    ['time', ...layers.map(({time}) => times(time))],
    ['memory', ...layers.map(({memory}) => times(memory))],
  ]);
}

/** Two digits, such as 2.5x or 75x. */
export const times = (ratio: number) => `${Number(ratio.toPrecision(2))}x`;
