/**
 * Weighted losses where some labels are ignored: elements of weight 0, whatever their weight is.
 *
 * The op has made the losses of those labels 0, and so are their gradients. If the weight is a number,
 * only the count of the other labels is needed. A weight for each label becomes 0 at ignored ones.
 */
import {
  cast,
  fill,
  maximum,
  notEqual,
  reshape,
  scalar,
  type Tensor,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';

import {lossKernel} from '../ops/loss_kernel';
import {broadcast} from '../gradients/sums';
import {withGradient} from '../gradients/tape';
import {countUnequal} from './differentiable';
import type {ReductionKey} from './reduction';
import {weightAndReduce} from './weight_and_reduce';

/** `weightAndReduce` of the labels that are not `ignoreClass`. */
export function weightAndReduceCounted(
  losses: Tensor,
  weights: number | Tensor,
  {labels, ignoreClass}: {readonly labels: Tensor; readonly ignoreClass: number | undefined},
  key: ReductionKey,
): Tensor {
  // An empty batch has nothing to ignore.
  if (ignoreClass === undefined || labels.size === 0) return weightAndReduce(losses, weights, key);
  if (typeof weights === 'number' && Number.isFinite(Math.fround(weights))) {
    return weightAndReduce(losses, weights, key, countOf(labels, ignoreClass));
  }
  return weightAndReduce(losses, withoutIgnored(weights, labels, ignoreClass), key);
}

/**
 * How many labels are not ignored: a number if labels are in main memory. Nothing is read from a GPU, so
 * there it is a scalar, and at least 1, since it will divide a sum of 0.
 */
function countOf(labels: Tensor, ignoreClass: number): number | Tensor {
  const {countLabels} = lossKernel();
  if (countLabels !== undefined) return countLabels(labels, ignoreClass);
  return maximum(countUnequal(labels, ignoreClass), 1);
}

/** float32, of the shape of labels: 0 at ignored labels, and so is the gradient there. */
function withoutIgnored(weights: number | Tensor, labels: Tensor, ignoreClass: number): Tensor {
  const {shape, size} = labels;
  const ofEach =
    typeof weights === 'number'
      ? fill([size], weights)
      : reshape(broadcast(cast(weights, 'float32'), shape), [size]);
  // As a vector: on webgl and webgpu tf.where ends at rank 4.
  const classIds = reshape(labels, [size]);
  return reshape(selectWhere(isCounted(classIds, ignoreClass), ofEach), shape);
}

/**
 * x [batch, units] with 0 in the rows of ignored labels, for labels [batch]. The condition is broadcast
 * here, since on wasm tf.where does it by a slow tf.tile.
 */
export function countedRows(x: Tensor, labels: Tensor, ignoreClass: number): Tensor {
  const rows = isCounted(reshape(labels, [labels.size, 1]), ignoreClass);
  return selectWhere(cast(broadcast(cast(rows, 'float32'), x.shape), 'bool'), x);
}

function isCounted(labels: Tensor, ignoreClass: number): Tensor {
  return notEqual(labels, scalar(ignoreClass, 'int32'));
}

/**
 * x where the condition holds, else 0. Its gradient is the same selection of dy.
 */
function selectWhere(condition: Tensor, x: Tensor): Tensor {
  return withGradient({
    inputs: [x],
    saved: [condition],
    value: () => where(condition, x, zerosLike(x)),
    gradient: (dy, condition) => selectWhere(condition, dy),
  });
}
