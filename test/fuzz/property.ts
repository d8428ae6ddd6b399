/** One call of this package for any case, against float64. */
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

import type {Errors} from './compare';

export interface Outcome {
  /** The reason, if the case failed. */
  readonly failure?: string;
  readonly errors: Errors;
}

/** The same seed is the same case. */
export interface FuzzProperty {
  readonly name: string;
  check(seed: number): Promise<Outcome>;
  /** A case that fails, made as small as the time allows, and why. */
  reduce(seed: number): Promise<string>;
}

/** Throws where the property does not hold, else notes the errors that it has measured. */
type Holds<T> = (drawn: T, errors: Errors) => Promise<void>;

/** Enough to make most cases small. */
const REDUCE_MS = 60_000;

export function fuzzProperty<T>(
  name: string,
  cases: fc.Arbitrary<T>,
  holds: Holds<T>,
): FuzzProperty {
  let errors: Errors = {};
  const property = fc.asyncProperty(cases, async (drawn) => {
    errors = {};
    tf.engine().startScope();
    try {
      await holds(drawn, errors);
    } finally {
      tf.engine().endScope();
    }
  });
  return {
    name,
    check: async (seed) => {
      // Without shrinking, so that a run with many failures ends soon.
      const {failed, errorInstance} = await fc.check(property, {
        seed,
        numRuns: 1,
        endOnFailure: true,
      });
      return failed ? {errors: {}, failure: String(errorInstance)} : {errors};
    },
    reduce: async (seed) => {
      const parameters = {seed, numRuns: 1, interruptAfterTimeLimit: REDUCE_MS};
      const {failed, errorInstance, counterexample} = await fc.check(property, parameters);
      if (!failed) return 'It does not fail.';
      return `${String(errorInstance)}\n${fc.stringify(counterexample)}`;
    },
  };
}
