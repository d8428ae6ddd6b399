/**
 * Comparing arrays of floats. tf.js's own expectArraysClose takes NaN, Infinity and -Infinity for
 * equal; here they are three different answers.
 */
import {getBackend, type Tensor} from '@tensorflow/tfjs';

type Numbers = ArrayLike<number> | Tensor;

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace jasmine {
    // eslint-disable-next-line @typescript-eslint/no-unused-vars -- jasmine's own has it.
    interface Matchers<T> {
      /** Every element within so many float32 spacings of the float64 value expected. */
      toBeWithinUlps(expected: Numbers, ulps: number): boolean;
      /** A loss as exact as the current backend promises, against its float64 value. */
      toBeTheLoss(expected: Numbers): boolean;
      /** A gradient as exact as the current backend promises, against its float64 value. */
      toBeTheGradient(expected: Numbers): boolean;
      /** |actual - expected| <= relative * |expected| + absolute. */
      toBeAllClose(expected: Numbers, tolerance: {relative?: number; absolute?: number}): boolean;
    }
  }
}

/** What each backend promises of a loss and of a gradient: docs/numerics.md. */
export const PROMISES: {readonly [backendName: string]: {loss: Tolerance; gradient: Tolerance}} = {
  // float64 inside; what remains is the rounding of the results.
  cpu: {loss: {ulps: 1}, gradient: {ulps: 2}},
  // TensorFlow's kernel computes in float32; measured 7e-7 at the most.
  tensorflow: {
    loss: {relative: 1e-6, absolute: 1e-6},
    gradient: {relative: 1e-6, absolute: 1e-6},
  },
  // float32 on the GPU.
  webgl: {loss: {scaled: 1e-6}, gradient: {absolute: 2e-6}},
};

export interface Tolerance {
  readonly ulps?: number;
  /** Times max(1, |expected|). */
  readonly scaled?: number;
  readonly relative?: number;
  readonly absolute?: number;
}

export const matchers: jasmine.CustomMatcherFactories = {
  toBeTheLoss: () => ({
    compare: (actual: Numbers, expected: Numbers) =>
      compare(actual, expected, PROMISES[getBackend()].loss),
  }),
  toBeTheGradient: () => ({
    compare: (actual: Numbers, expected: Numbers) =>
      compare(actual, expected, PROMISES[getBackend()].gradient),
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

/** How far `actual` is from `expected`, in float32 spacings of the latter. */
export function ulpDistance(actual: number, expected: number): number {
  if (Object.is(actual, Math.fround(expected)) || actual === expected) return 0;
  const distance = Math.abs(actual - expected) / float32Spacing(expected);
  return Number.isNaN(distance) ? Infinity : distance;
}

function compare(
  actual: Numbers,
  expected: Numbers,
  tolerance: Tolerance,
): jasmine.CustomMatcherResult {
  const got = numbersOf(actual);
  const want = numbersOf(expected);
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

/** Whether a number is as close as that; NaN, Infinity and -Infinity only to themselves. */
export function isClose(got: number, want: number, tolerance: Tolerance): boolean {
  const rounded = Math.fround(want); // A float64 value beyond float32 is Infinity there.
  if (!Number.isFinite(rounded)) return Object.is(got, rounded);
  const {ulps = 0, scaled = 0, relative = 0, absolute = 0} = tolerance;
  const size = Math.abs(want);
  const allowed =
    ulps * float32Spacing(want) + scaled * Math.max(1, size) + relative * size + absolute;
  return Math.abs(got - want) <= allowed;
}

function numbersOf(values: Numbers): number[] {
  return Array.from('dataSync' in values ? values.dataSync() : values);
}
