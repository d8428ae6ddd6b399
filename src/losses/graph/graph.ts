/**
 * The default graph of TensorFlow 1, as far as losses need it: their names and collections.
 *
 * tf.js executes eagerly. TensorFlow documents that collections are then ignored, since a global
 * list of losses would leak. So there is no global graph here. Losses get names and are collected
 * only inside `graph.asDefault(fn)`.
 */
import type {Tensor} from '@tensorflow/tfjs-core';

import {isPromise} from '../../arguments/describe';
import {ValueError} from '../../errors';
import {shared} from '../../shared';
import type {ReductionKey} from '../reduction';
import {ScopeNames} from './scope_names';

/** The last one is the default graph; `asDefault` nests. */
const defaultGraphs = shared<Graph[]>('defaultGraphs', () => []);

/** The graph whose `asDefault` is running, if any. */
export function getDefaultGraph(): Graph | undefined {
  return defaultGraphs[defaultGraphs.length - 1];
}

/**
 * Names and collects losses. Make a new one for each training step.
 *
 * ```js
 * const labels = tf.tensor1d([2, 0], 'int32');
 * const logits = tf.tensor2d([[1, 2, 3], [3, 1, 2]]);
 * const graph = new losses.Graph();
 * const total = graph.asDefault(() => {
 *   losses.sparseSoftmaxCrossEntropy(labels, logits);
 *   losses.sparseSoftmaxCrossEntropy(labels, logits, 0.5, {scope: 'aux'});
 *   return losses.getTotalLoss();
 * });
 * console.log(graph.getCollection('losses').map((loss) => graph.nameOf(loss)));
 * // sparse_softmax_cross_entropy_loss/value,aux/value
 * total.print();
 * // Tensor
 * //     0.6114089488983154
 * ```
 *
 * It does not keep its losses alive: the `tf.tidy` or the `optimizer.minimize` around them disposes
 * them. Source: `tf.Graph` (tensorflow/python/framework/ops.py).
 */
export class Graph {
  /** The reduction of the last weighted loss, `null` before the first. */
  lastLossReduction: ReductionKey | null = null;

  /** The names of its scopes and losses. */
  private readonly scopes = new ScopeNames();
  private readonly names = new WeakMap<Tensor, string>();
  private readonly collections = new Map<string, Tensor[]>();

  /**
   * Runs `fn` with this graph as the default one, and returns its result. Graphs nest. Afterwards,
   * also if `fn` throws, the graph before is the default again.
   * @param fn gets this graph; must be synchronous.
   * @throws ValueError if `fn` is asynchronous.
   */
  asDefault<T>(fn: (graph: this) => T): T {
    defaultGraphs.push(this);
    try {
      return callSync('Graph.asDefault', fn, this);
    } finally {
      defaultGraphs.pop();
    }
  }

  /**
   * A copy of a collection, in the order of addition. With a `scope`, only tensors whose name
   * matches it as a regular expression from the start: 'foo' also finds 'foo_1/value', 'foo/' only
   * what is inside foo.
   * @param key the name of the collection.
   * @param scope the regular expression; without it, or for `null`, all.
   */
  getCollection(key: string, scope?: string | null): Tensor[] {
    const collection = this.collections.get(key) ?? [];
    if (scope == null) return [...collection];
    const pattern = new RegExp(`^(?:${scope})`);
    return collection.filter((tensor) => {
      const name = this.nameOf(tensor);
      return name !== undefined && pattern.test(`${name}:0`); // TensorFlow's name of an output.
    });
  }

  /**
   * Adds a tensor at the end of a collection, which need not exist.
   * @param key the name of the collection.
   * @param tensor what to add.
   */
  addToCollection(key: string, tensor: Tensor): void {
    const collection = this.collections.get(key);
    if (collection) collection.push(tensor);
    else this.collections.set(key, [tensor]);
  }

  /**
   * The name that a loss got in this graph, as 'sparse_softmax_cross_entropy_loss/value'.
   * @param tensor the loss.
   */
  nameOf(tensor: Tensor): string | undefined {
    return this.names.get(tensor);
  }

  /**
   * Names a tensor, unless it has a name: `name` in the current scope, made unique.
   * @param tensor what to name.
   * @param name the name without the scope.
   */
  setName(tensor: Tensor, name: string): void {
    this.scopes.check(name);
    if (!this.names.has(tensor)) this.names.set(tensor, this.uniqueName(name));
  }

  /**
   * `name` in the current scope, with `_1`, `_2` ... if it is taken. Takes it.
   * @param name the name without the scope.
   */
  uniqueName(name: string): string {
    return this.scopes.unique(name);
  }

  /**
   * Runs `fn` inside a scope.
   * @param name made unique; a trailing '/' enters that very scope, and '' the root.
   * @param fn gets the scope as a string that ends in '/', or '' for the root.
   */
  withNameScope<T>(name: string, fn: (scope: string) => T): T {
    return this.scopes.inScope(name, fn);
  }
}

/**
 * Calls `fn`, which must be synchronous: after its first `await` it would run outside its graph and
 * scope.
 *
 * @throws ValueError if `fn` is asynchronous; an `async` function is not called at all.
 */
export function callSync<A, T>(caller: string, fn: (argument: A) => T, argument: A): T {
  const refusal = () =>
    new ValueError(`${caller}: fn must be synchronous, but it returns a Promise.`);
  if (Object.prototype.toString.call(fn) === '[object AsyncFunction]') throw refusal();
  const result = fn(argument);
  if (isPromise(result)) {
    (result as Promise<unknown>).catch(() => undefined); // The caller sees the refusal instead.
    throw refusal();
  }
  return result;
}
