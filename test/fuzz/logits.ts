/** The kinds of logits that a case of the fuzz may have. */
import fc from 'fast-check';

import {type DrawnRows, float32, rowsOf, type Shape, wildLogit} from './rows';
import {largeShapes, shapes} from './shapes';

/** Evenly over [-max, max], where `float32` draws most numbers near 0. */
export const evenly = (max: number) =>
  fc.integer({min: -(2 ** 20), max: 2 ** 20}).map((n) => Math.fround((n * max) / 2 ** 20));

const around = (offset: number) => evenly(10).map((x) => Math.fround(offset + x));

/** So few values that a row has its largest logit several times. */
const ties = fc.integer({min: -2, max: 2});

const finite = [evenly(4), evenly(100), around(1e4), around(-1e6), float32(30), ties];

/** Logits of one kind for a case, and labels. Non-finite logits come with these extremes. */
export function anyRows(...extremes: number[]): fc.Arbitrary<DrawnRows> {
  const kinds = [...finite, float32(Math.fround(1e30)), wildLogit(...extremes)];
  const rowsOfAnyKind = (shapes: readonly Shape[]) =>
    fc.oneof(...kinds.map((logit) => rowsOf(logit, shapes)));
  return fc.oneof(
    {weight: 15, arbitrary: rowsOfAnyKind(shapes)},
    {weight: 1, arbitrary: rowsOfAnyKind(largeShapes)},
  );
}
