/**
 * THE table of options that the fuzz draws. Their meaning in float64 is in test/helpers/oracle.ts.
 */
import fc from 'fast-check';

import type {TargetOptions} from '../../src/index';

/** One arbitrary an option. An option without its line does not compile. */
type Table = {
  readonly [Name in keyof Required<TargetOptions>]: fc.Arbitrary<NonNullable<TargetOptions[Name]>>;
};

/** Each option is set in about half of the cases. */
export function optionsFor(numClasses: number): fc.Arbitrary<TargetOptions> {
  const table: Table = {
    // -1 is no drawn label, so nothing is ignored.
    ignoreClass: fc.integer({min: -1, max: numClasses - 1}),
    labelSmoothing: fc.constantFrom(0, 0.1, 0.5, 1),
    // Not drawn yet: the oracle has no float32 overflow of lse^2. test/ops/z_loss_test.ts covers
    // it.
    zLoss: fc.constant(0),
  };
  return fc.record(table, {requiredKeys: []});
}
