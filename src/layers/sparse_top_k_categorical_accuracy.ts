import {
  all,
  cast,
  clipByValue,
  expandDims,
  gatherND,
  greater,
  greaterEqual,
  isFinite as isFiniteTensor,
  less,
  logicalAnd,
  range,
  reshape,
  stack,
  sum,
  Tensor,
} from '@tensorflow/tfjs-core';

import {checkOptions, toLossAttrs} from '../arguments/options';
import {describe} from '../arguments/describe';
import {ValueError} from '../errors';
import {type HitRate, hitRate, type IsHit} from './hit_rate';

/** The options of the metric: k, and the targets to ignore. */
export interface SparseTopKCategoricalAccuracyOptions {
  /** An integer >= 1, by default 5. */
  readonly k?: number;
  /**
   * The target to ignore. In `compileSparse`, the default is that of the output's loss.
   */
  readonly ignoreClass?: number | undefined;
}

/**
 * Makes a metric for `compileSparse`: the share of counted targets whose logit is among the k
 * largest.
 *
 * ```js
 * const metric = sparseTopKCategoricalAccuracy({k: 2, ignoreClass: -1});
 * const yTrue = tf.tensor1d([2, 0, -1], 'int32');
 * const yPred = tf.tensor2d([[1, 2, 3], [0, 1, 2], [0, 0, 0]]);
 * metric(yTrue, yPred).print(); // The first of 2 targets is hit; the third is ignored.
 * // Tensor
 * //     0.5
 * ```
 *
 * A target is hit if fewer than k logits of its row are larger, so a tie is a hit. As in
 * TensorFlow's `in_top_k`, a row with a logit that is not finite is no hit, nor is a target outside
 * `[0, classes)`. Logits and probabilities give the same answer.
 *
 * With `compileSparse`, the logs of `fit` and `evaluate` have the share of all counted targets of
 * all batches. If none is counted, the share is 0.
 *
 * Source: `keras.metrics.SparseTopKCategoricalAccuracy`
 * (keras/src/metrics/accuracy_metrics.py), which has no `ignoreClass`.
 *
 * @param options see {@link SparseTopKCategoricalAccuracyOptions}.
 * @throws ValueError for an unknown option, a `k` that is not an integer >= 1, or an `ignoreClass`
 *     that is not an integer.
 */
export function sparseTopKCategoricalAccuracy(
  options: SparseTopKCategoricalAccuracyOptions = {},
): HitRate {
  if (options instanceof Tensor) {
    throw new ValueError(
      'Write metrics: sparseTopKCategoricalAccuracy(), with parentheses: ' +
        'the function makes the metric.',
    );
  }
  checkOptions(options, ['ignoreClass', 'k']);
  const {k = 5, ignoreClass} = options;
  if (!(Number.isInteger(k) && k >= 1)) {
    throw new ValueError(`\`k\` must be an integer >= 1, got ${describe(k)}.`);
  }
  toLossAttrs({ignoreClass}); // Checks it.
  return hitRate(isInTopK(k), ignoreClass);
}

/** `tf.math.in_top_k`. tf.js's `tf.inTopKAsync` is asynchronous, and breaks ties by index. */
function isInTopK(k: number): IsHit {
  return (targets, logits) => {
    const classes = logits.shape[logits.rank - 1];
    const rows = reshape(logits, [targets.size, classes]);
    const ids = reshape(targets, [targets.size]);
    const isClass = logicalAnd(greaterEqual(ids, 0), less(ids, classes));
    // Some backends throw at an index outside of the row. Such a target is no hit below.
    const columns = cast(clipByValue(ids, 0, classes - 1), 'int32');
    const logitOfTarget = gatherND(rows, stack([range(0, targets.size, 1, 'int32'), columns], 1));
    const isLarger = greater(rows, expandDims(logitOfTarget, 1));
    const isNear = less(sum(cast(isLarger, 'float32'), 1), k);
    const isHit = logicalAnd(logicalAnd(isClass, isNear), all(isFiniteTensor(rows), 1));
    return reshape(isHit, targets.shape);
  };
}
