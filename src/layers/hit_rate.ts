/**
 * Metrics that are shares of counted targets, those that are not ignored: 'accuracy' with an
 * `ignoreClass`, and top k.
 */
import {
  argMax,
  cast,
  divNoNan,
  equal,
  logicalAnd,
  notEqual,
  onesLike,
  type Scalar,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';

import {sumTo} from '../gradients/sums';
import {withoutLastOfOne} from './class_ids';

/** Whether each target is hit, bool of the shape of targets, from int32 targets and logits. */
export type IsHit = (targets: Tensor, logits: Tensor) => Tensor;

/** A metric for tf.layers: the share of counted targets that are hit, or 0 if none is counted. */
export interface HitRate {
  /**
   * The share, a float32 scalar.
   *
   * @param yTrue int32, or integers in float32, `[batch, ...]` or `[batch, ..., 1]`.
   * @param yPred float32 `[batch, ..., classes]`.
   */
  (yTrue: Tensor, yPred: Tensor): Scalar;
  /** The rule for a hit. */
  readonly isHit: IsHit;
  /** The target that is ignored, if there is one. */
  readonly ignoreClass: number | undefined;
}

/** The numerator and the denominator of a hit rate: whole numbers, exact in float32 up to 2^24. */
export interface Hits {
  readonly hits: Scalar;
  readonly counted: Scalar;
}

/** Whether it is a metric of this package. */
export function isHitRate(metric: unknown): metric is HitRate {
  return typeof metric === 'function' && 'isHit' in metric;
}

/** The largest logit is the target's. */
export const isLargest: IsHit = (targets, logits) => equal(targets, argMax(logits, -1));

/** The metric of a rule. `onHits` sees both numbers; they are disposed after it. */
export function hitRate(
  isHit: IsHit,
  ignoreClass: number | undefined,
  onHits?: (hits: Hits) => void,
): HitRate {
  const metric = (yTrue: Tensor, yPred: Tensor): Scalar =>
    tidy(() => {
      const targets = cast(withoutLastOfOne(yTrue, yPred), 'int32');
      const isCounted =
        ignoreClass === undefined
          ? cast(onesLike(targets), 'bool')
          : notEqual(targets, ignoreClass);
      const hits = sumTo(
        cast(logicalAnd(isCounted, isHit(targets, yPred)), 'float32'),
        [],
      ) as Scalar;
      const counted = sumTo(cast(isCounted, 'float32'), []) as Scalar;
      onHits?.({hits, counted});
      return divNoNan(hits, counted) as Scalar;
    });
  // tf.layers names a metric after its function, and a minifier would shorten that name.
  Object.defineProperty(metric, 'name', {value: 'sparseTopKCategoricalAccuracy'});
  return Object.assign(metric, {isHit, ignoreClass});
}
