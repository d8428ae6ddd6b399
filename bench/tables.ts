import {markdownTable} from 'markdown-table';

import {contestants, ours} from './contestants';
import type {Measurement, Measurements} from './measure';
import {median} from './median';
import type {Shape} from './shapes';

const HEAD = [
  '[batch, classes]',
  'contestant',
  'median ms',
  'min ms',
  'samples',
  'ns per logit',
  'time / ours',
  'peak MB',
  'peak / logits',
];

/** Only GPUs count these. */
const GPU_HEAD = ['programs', 'compiled for a new batch'];

export interface ShapeResult extends Measurements {
  readonly shape: Shape;
}

/**
 * One row per contestant and shape; of the experts, the fastest on that shape. Below it, who
 * failed.
 */
export function table(results: readonly ShapeResult[]): string {
  const rows = results.flatMap(({shape, measurements}) =>
    rowsOf(shape, withBestExpert(measurements)),
  );
  const isGpu = results.some(({measurements}) => measurements[0].programs !== undefined);
  const head = isGpu ? [...HEAD, ...GPU_HEAD] : HEAD;
  const table = markdownTable([head, ...rows], {align: head.map((_, i) => (i < 2 ? 'l' : 'r'))});
  return [table, ...results.flatMap(notesOn)].join('\n\n');
}

function notesOn({shape, failures}: ShapeResult): string[] {
  const {batch, classes} = shape;
  return failures.map(({name, reason}) => `[${batch}, ${classes}] without ${name}: ${reason}`);
}

function rowsOf({batch, classes}: Shape, measurements: readonly Measurement[]): string[][] {
  const logits = batch * classes;
  const ourMs = median(measurements.find(({name}) => name === ours.name)!.samples);
  return measurements.map(({name, samples, peakBytes, programs, compiled}, i) => [
    i === 0 ? `[${batch}, ${classes}]` : '',
    name,
    format(median(samples)),
    format(Math.min(...samples)),
    String(samples.length),
    ((median(samples) * 1e6) / logits).toFixed(1),
    `${format(median(samples) / ourMs)}x`,
    format(peakBytes / 1e6),
    `${(peakBytes / (logits * 4)).toFixed(2)}x`,
    ...[programs, compiled].filter((count) => count !== undefined).map(String),
  ]);
}

function withBestExpert(measurements: readonly Measurement[]): Measurement[] {
  const expertNames = contestants.filter(({isExpert}) => isExpert).map(({name}) => name);
  const experts = measurements.filter(({name}) => expertNames.includes(name));
  const best = Math.min(...experts.map(({samples}) => median(samples)));
  return measurements.filter((m) => !experts.includes(m) || median(m.samples) === best);
}

/** Three digits, or all before the point. */
export function format(value: number): string {
  return value < 100 ? value.toPrecision(3) : value.toFixed(0);
}
