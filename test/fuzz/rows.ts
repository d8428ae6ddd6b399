/** Logits and labels, drawn by fast-check. */
import fc from 'fast-check';

/** [...labels] and classes. */
export type Shape = readonly [readonly number[], number];

export interface DrawnRows {
  /** The shape of the labels. */
  readonly shape: readonly number[];
  readonly numClasses: number;
  readonly logits: number[];
  readonly labels: number[];
}

export const float32 = (max: number) =>
  fc.float({min: -max, max, noNaN: true, noDefaultInfinity: true});

/** Ordinary logits, and now and then one that is not finite or extreme. */
export const wildLogit = (...extremes: number[]) =>
  fc.oneof(
    {weight: 5, arbitrary: float32(30)},
    {weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, ...extremes)},
  );

/** Logits of one kind, and labels in the range of the classes. */
export function rowsOf(
  logit: fc.Arbitrary<number>,
  shapes: readonly Shape[],
): fc.Arbitrary<DrawnRows> {
  return fc.constantFrom(...shapes).chain(([shape, numClasses]) => {
    const batch = shape.reduce((a, b) => a * b, 1);
    return fc.record({
      shape: fc.constant(shape),
      numClasses: fc.constant(numClasses),
      logits: arrayOf(logit, batch * numClasses),
      labels: arrayOf(fc.nat(numClasses - 1), batch),
    });
  });
}

export function arrayOf(value: fc.Arbitrary<number>, length: number): fc.Arbitrary<number[]> {
  return fc.array(value, {minLength: length, maxLength: length});
}
