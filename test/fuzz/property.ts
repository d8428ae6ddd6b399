/** One call of this package for any case, against float64. */
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

import type {Errors} from './compare';

export interface Outcome {
  /** What went wrong, and the smallest case that fast-check found to fail. */
  readonly failure?: string;
  readonly errors: Errors;
}

export interface FuzzProperty {
  readonly name: string;
  /** The same case for the same seed. */
  check(seed: number): Promise<Outcome>;
}

/** Enough to make most cases small. */
const SHRINK_MS = 20_000;

/** Throws where the property does not hold, else notes the errors that it has measured. */
type Holds<T> = (drawn: T, errors: Errors) => Promise<void>;

export function fuzzProperty<T>(
  name: string,
  cases: fc.Arbitrary<T>,
  holds: Holds<T>,
): FuzzProperty {
  return {
    name,
    check: async (seed) => {
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
      const parameters = {seed, numRuns: 1, interruptAfterTimeLimit: SHRINK_MS};
      const {failed, errorInstance, counterexample} = await fc.check(property, parameters);
      if (!failed) return {errors};
      const failure = `${String(errorInstance)}\n${fc.stringify(counterexample)}`;
      return {errors: {}, failure};
    },
  };
}
