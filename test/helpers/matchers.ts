/**
 * Comparing arrays of floats. tf.js's own expectArraysClose takes NaN, Infinity and -Infinity for
 * equal; here they are three different answers.
 */
import {getBackend, type Tensor} from '@tensorflow/tfjs';

import {descriptionOf} from '../backends';
import type {Tolerance} from '../backends/description';

type Numbers = ArrayLike<number> | Tensor;

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace jasmine {
    // eslint-disable-next-line @typescript-eslint/no-unused-vars -- jasmine's own has them.
    interface AsyncMatchers<T, U> {
      /** Every element within so many float32 spacings of the float64 value expected. */
      toBeWithinUlps(expected: Numbers, ulps: number): Promise<void>;
      /** A loss as exact as the current backend promises, against its float64 value. */
      toBeTheLoss(expected: Numbers): Promise<void>;
      /** A gradient as exact as the current backend promises, against its float64 value. */
      toBeTheGradient(expected: Numbers): Promise<void>;
      /** The same for smoothed targets. */
      toBeTheSmoothedLoss(expected: Numbers): Promise<void>;
      /** The same for smoothed targets. */
      toBeTheSmoothedGradient(expected: Numbers): Promise<void>;
      /** |actual - expected| <= relative * |expected| + absolute. */
      toBeAllClose(expected: Numbers, tolerance: Tolerance): Promise<void>;
    }
  }
}

/** Asynchronous, because not every backend can be read while one waits. */
export const matchers: jasmine.CustomAsyncMatcherFactories = {
  toBeTheLoss: () => ({
    compare: (actual: Numbers, expected: Numbers) =>
      compare(actual, expected, descriptionOf(getBackend()).promises.loss),
  }),
  toBeTheGradient: () => ({
    compare: (actual: Numbers, expected: Numbers) =>
      compare(actual, expected, descriptionOf(getBackend()).promises.gradient),
  }),
  toBeTheSmoothedLoss: () => ({
    compare: (actual: Numbers, expected: Numbers) =>
      compare(actual, expected, descriptionOf(getBackend()).smoothedPromises.loss),
  }),
  toBeTheSmoothedGradient: () => ({
    compare: (actual: Numbers, expected: Numbers) =>
      compare(actual, expected, descriptionOf(getBackend()).smoothedPromises.gradient),
  }),
  toBeWithinUlps: () => ({
    compare: (actual: Numbers, expected: Numbers, ulps: number) =>
      compare(actual, expected, {ulps}),
  }),
  toBeAllClose: () => ({compare}),
};

/** The distance between neighbouring float32 numbers around a value. */
export function float32Spacing(value: number): number {
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  return 2 ** (Math.max(exponent, -126) - 23);
}

/** The distance of `actual` from `expected`, in float32 spacings of the latter. */
export function ulpDistance(actual: number, expected: number): number {
  if (Object.is(actual, Math.fround(expected)) || actual === expected) return 0;
  const distance = Math.abs(actual - expected) / float32Spacing(expected);
  return Number.isNaN(distance) ? Infinity : distance;
}

async function compare(
  actual: Numbers,
  expected: Numbers,
  tolerance: Tolerance,
): Promise<jasmine.CustomMatcherResult> {
  const got = await numbersOf(actual);
  const want = await numbersOf(expected);
  if (got.length !== want.length) {
    return {pass: false, message: `Expected ${want.length} numbers, got ${got.length}.`};
  }
  const bad = [...want.keys()].filter((i) => !isClose(got[i], want[i], tolerance));
  const shown = bad.slice(0, 5).map((i) => `[${i}] got ${got[i]}, want ${want[i]}`);
  const limits = JSON.stringify(tolerance);
  return {
    pass: bad.length === 0,
    message: `${bad.length} of ${want.length} differ by more than ${limits}: ${shown.join('; ')}`,
  };
}

/**
 * Whether a number is as close as that; NaN, Infinity and -Infinity only to themselves. A `unit`
 * other than 1 is the size of the terms that the number is the sum of.
 */
export function isClose(got: number, want: number, tolerance: Tolerance, unit = 1): boolean {
  const rounded = Math.fround(want); // A float64 value beyond float32 is Infinity there.
  if (!Number.isFinite(rounded)) return Object.is(got, rounded);
  const {ulps = 0, scaled = 0, relative = 0, absolute = 0} = tolerance;
  const size = Math.abs(want);
  const allowed =
    ulps * float32Spacing(want) + scaled * Math.max(unit, size) + relative * size + absolute * unit;
  return Math.abs(got - want) <= allowed;
}

async function numbersOf(values: Numbers): Promise<number[]> {
  return Array.from('dataId' in values ? await values.data() : values);
}
