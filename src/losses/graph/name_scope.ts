import {shared} from '../../shared';
import {callSync, getDefaultGraph} from './graph';

/** The open scope outside any graph, where names are not made unique. */
const eager = shared('eagerScope', () => ({scope: ''}));

/**
 * Runs `fn` inside a scope of names: `tf.name_scope`.
 *
 * In a `Graph`, scopes nest, a name that is taken gets `_1`, `_2` ..., a trailing '/' enters that
 * very scope again, and '' is the root. Outside, scopes only nest, as in eager TensorFlow.
 *
 * ```js
 * new losses.Graph().asDefault(() => {
 *   losses.nameScope('tower', (scope) => console.log(scope));
 *   losses.nameScope('tower', (scope) => console.log(scope));
 *   losses.nameScope('tower/', (scope) => console.log(scope));
 * });
 * // tower/
 * // tower_1/
 * // tower/
 * ```
 *
 * Source: `tf.name_scope` (tensorflow/python/framework/ops.py).
 *
 * @param name letters, digits and any of `_.\/>-`; at the root not starting with `_`, `\`, `/`, `>`
 *     or `-`.
 * @param fn gets the whole scope, ending in '/' ('' for the root); must be synchronous.
 * @returns what `fn` returns. The scope is closed also when `fn` throws.
 * @throws ValueError for a name that TensorFlow refuses, or if `fn` is asynchronous.
 */
export function nameScope<T>(name: string, fn: (scope: string) => T): T {
  const run = (scope: string) => callSync('nameScope', fn, scope);
  const graph = getDefaultGraph();
  if (graph) return graph.withNameScope(name, run);

  const outer = eager.scope;
  eager.scope = name === '' || name.endsWith('/') ? name : `${outer}${name}/`;
  try {
    return run(eager.scope);
  } finally {
    eager.scope = outer;
  }
}
