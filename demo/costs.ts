/** The two numbers of the front page, measured here: memory of a last layer, and time of a loss. */
import {linear, plain} from '../bench/linear/layer';
import {runLayer} from '../bench/linear/measure';
import {VOCABULARY} from '../examples/vocabulary/model.js';
import {start} from './backends';
import {climb} from './ladder';
import type {Costs, CostsOptions, Rung} from './messages';
import {MODE} from './recorded';

const LABELS = 128;
/** Numbers a token that the last layer reads. The memory hardly depends on it. */
const UNITS = 32;

export async function measureCosts({backend, tokens}: CostsOptions): Promise<Costs> {
  await start(backend);
  const layer = {
    batch: tokens,
    units: UNITS,
    classes: VOCABULARY,
    transposeKernel: false,
    isTimed: false,
  };
  const measurements = (await runLayer(layer, {expect: () => {}, step: () => {}}))[MODE];
  const [fusedBytes, withLogitsBytes] = [linear, plain].map(({name}) => {
    const {peakBytes} = measurements.find((measurement) => measurement.name === name)!;
    if (typeof peakBytes === 'number') return peakBytes;
    throw new Error(peakBytes.error);
  });

  const shape = {batch: LABELS, classes: VOCABULARY};
  let rung: Rung | undefined;
  const shapes = [shape];
  await climb(
    {backend, shapes, limitBytes: Infinity},
    () => {},
    (found) => (rung = found),
  );
  const {oneHot, ours} = rung!;
  if ('reason' in oneHot) throw new Error(oneHot.reason);
  if ('reason' in ours) throw new Error(ours.reason);
  return {tokens, fusedBytes, withLogitsBytes, ...shape, oneHotMs: oneHot.ms, oursMs: ours.ms};
}
