/** Says what is wrong with an answer. */
import type {Answer} from './program/check';

const AGREES = 1e-5;

/** undefined where nothing is. An answer without backends is of types alone. */
export function failureOf({backends, cores, simdCalls}: Partial<Answer>): string | undefined {
  if (backends === undefined) return undefined;
  for (const [name, {accuracy, error}] of Object.entries(backends)) {
    if (accuracy !== 1) return `${name} trains to an accuracy of ${accuracy}`;
    // NaN is null in JSON.
    if (typeof error !== 'number' || error > AGREES) return `${name} is ${error} from float64`;
  }
  if (cores !== 1) return `${cores} copies of tfjs-core`;
  if (backends.wasm && !simdCalls) return 'no SIMD on wasm';
  return undefined;
}
