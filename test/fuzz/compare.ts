/** Compares numbers with their float64 values, and measures how far off they are. */
import type {Tolerance} from '../backends/description';
import {isClose} from '../helpers/matchers';

export interface Expected {
  /** Errors are collected by this, as 'loss'. */
  readonly what: string;
  /** Which of several, for messages. */
  readonly part?: string;
  readonly want: ArrayLike<number>;
  readonly tolerance: Tolerance;
  /** The size of the terms that each number is the sum of; 1 by default. */
  readonly units?: ArrayLike<number>;
}

/** The largest |got - want| / max(unit, |want|) by what the numbers are. */
export interface Errors {
  [what: string]: number;
}

/** Throws, for fast-check to shrink, where a number is further off than allowed. */
export function compare(got: ArrayLike<number>, expected: Expected, errors: Errors): void {
  const {what, part, want, tolerance, units} = expected;
  const name = part === undefined ? what : `${what}, ${part}`;
  if (got.length !== want.length) {
    throw new Error(`${name}: got ${got.length} numbers, want ${want.length}`);
  }
  let largest = 0;
  for (let i = 0; i < want.length; i++) {
    const unit = units?.[i] ?? 1;
    if (!isClose(got[i], want[i], tolerance, unit)) {
      throw new Error(`${name} [${i}]: got ${got[i]}, want ${want[i]}`);
    }
    const size = Math.max(unit, Math.abs(want[i]));
    if (size > 0 && Number.isFinite(Math.fround(want[i]))) {
      largest = Math.max(largest, Math.abs(got[i] - want[i]) / size);
    }
  }
  mergeErrors(errors, {[what]: largest});
}

/** Keeps the larger error of both in the first. */
export function mergeErrors(errors: Errors, more: Errors): void {
  for (const [what, error] of Object.entries(more)) {
    errors[what] = Math.max(errors[what] ?? 0, error);
  }
}
