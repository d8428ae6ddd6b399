/** Results must agree before anything is timed. */
import type {Contestant} from './contestants';

export interface Answer {
  readonly loss: ArrayLike<number>;
  readonly gradient?: Float32Array;
}

/** Throws unless the contestant's answer is the one expected, as closely as it promises. */
export function checkAgreement(
  {name, tolerance}: Pick<Contestant, 'tolerance'> & {readonly name: string},
  answer: Answer,
  expected: Answer,
): void {
  check(name, 'loss', distance([mean(answer.loss)], [mean(expected.loss)]), tolerance.loss);
  if (answer.gradient !== undefined && expected.gradient !== undefined) {
    // For a loss per row, the gradient is that of their sum: the gradient of the mean times the
    // rows.
    const rows = answer.loss.length;
    const gradient = answer.gradient.map((value) => value / rows);
    check(name, 'gradient', distance(gradient, expected.gradient), tolerance.gradient);
  }
}

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

function check(name: string, what: string, error: number, tolerance: number): void {
  // Negated, so that NaN fails.
  if (!(error <= tolerance)) {
    throw new Error(
      `The ${what} of ${name} is ${error.toExponential(1)} away from what it should be.`,
    );
  }
}

/** |got - want| / |want|, Euclidean. */
function distance(got: ArrayLike<number>, want: ArrayLike<number>): number {
  if (got.length !== want.length) return Infinity;
  let difference = 0;
  let length = 0;
  for (let i = 0; i < want.length; i++) {
    difference += (got[i] - want[i]) ** 2;
    length += want[i] ** 2;
  }
  return Math.sqrt(difference / length);
}
