/**
 * Comparing arrays of floats. tf.js's own expectArraysClose takes NaN, Infinity and -Infinity for
 * equal; here they are three different answers.
 */
import type {Tensor} from '@tensorflow/tfjs';

type Numbers = ArrayLike<number> | Tensor;

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace jasmine {
    // eslint-disable-next-line @typescript-eslint/no-unused-vars -- jasmine's own has it.
    interface Matchers<T> {
      /** Every element within so many float32 spacings of the float64 value expected. */
      toBeWithinUlps(expected: Numbers, ulps: number): boolean;
      /** |actual - expected| <= relative * |expected| + absolute. */
      toBeAllClose(expected: Numbers, tolerance: {relative?: number; absolute?: number}): boolean;
    }
  }
}

export const matchers: jasmine.CustomMatcherFactories = {
  toBeWithinUlps: () => ({
    compare: (actual: Numbers, expected: Numbers, ulps: number) =>
      compare(actual, expected, (value) => ulps * float32Spacing(value), `${ulps} ulp`),
  }),
  toBeAllClose: () => ({
    compare: (
      actual: Numbers,
      expected: Numbers,
      {relative = 0, absolute = 0}: {relative?: number; absolute?: number},
    ) =>
      compare(
        actual,
        expected,
        (value) => relative * Math.abs(value) + absolute,
        `${relative} relative + ${absolute}`,
      ),
  }),
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
  toleranceOf: (expected: number) => number,
  tolerance: string,
): jasmine.CustomMatcherResult {
  const got = numbersOf(actual);
  const want = numbersOf(expected);
  if (got.length !== want.length) {
    return {pass: false, message: `Expected ${want.length} numbers, got ${got.length}.`};
  }
  const bad = [...want.keys()].filter((i) => !isClose(got[i], want[i], toleranceOf));
  const shown = bad.slice(0, 5).map((i) => `[${i}] got ${got[i]}, want ${want[i]}`);
  return {
    pass: bad.length === 0,
    message: `${bad.length} of ${want.length} differ by more than ${tolerance}: ${shown.join('; ')}`,
  };
}

function isClose(got: number, want: number, toleranceOf: (want: number) => number): boolean {
  const rounded = Math.fround(want); // A float64 value beyond float32 is Infinity there.
  if (!Number.isFinite(rounded)) return Object.is(got, rounded);
  return Math.abs(got - want) <= toleranceOf(want);
}

function numbersOf(values: Numbers): number[] {
  return Array.from('dataSync' in values ? values.dataSync() : values);
}
