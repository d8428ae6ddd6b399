/**
 * THE table of options that the fuzz draws. Their meaning in float64 is in test/helpers/oracle.ts.
 */
import fc from 'fast-check';

import type {TargetOptions} from '../../src/index';

interface Classes {
  readonly numClasses: number;
  readonly logits: readonly number[];
}

/** One arbitrary an option. An option without its line does not compile. */
type Table = {
  readonly [Name in keyof Required<TargetOptions>]: fc.Arbitrary<NonNullable<TargetOptions[Name]>>;
};

/** With logits beyond it the square in the z-loss may leave float32 where its weight is 0. */
const LARGEST_OF_Z_LOSS = 1e15;

/** Each option is set in about half of the cases. */
export function optionsFor({numClasses, logits}: Classes): fc.Arbitrary<TargetOptions> {
  const hasZLoss = !logits.some((x) => Number.isFinite(x) && Math.abs(x) > LARGEST_OF_Z_LOSS);
  const table: Table = {
    // -1 is no drawn label, so nothing is ignored.
    ignoreClass: fc.integer({min: -1, max: numClasses - 1}),
    labelSmoothing: fc.constantFrom(0, 0.1, 0.5, 1),
    zLoss: fc.constantFrom(...(hasZLoss ? [0, 1e-4, 0.1] : [0])),
  };
  return fc.record(table, {requiredKeys: []});
}
