import {ValueError} from '../errors';

/**
 * Calls `fn`, which must be synchronous: what it did after its first `await` would be in no graph
 * and in no scope, or in another's.
 *
 * @throws ValueError if `fn` is asynchronous, before calling it where that shows.
 */
export function callSync<A, T>(caller: string, fn: (argument: A) => T, argument: A): T {
  const refusal = () =>
    new ValueError(`${caller}: fn must be synchronous, but it returns a Promise.`);
  if (Object.prototype.toString.call(fn) === '[object AsyncFunction]') throw refusal();
  const result = fn(argument);
  if (result instanceof Promise) {
    result.catch(() => undefined); // The refusal is the error to be seen.
    throw refusal();
  }
  return result;
}
