/**
 * Weighted losses with ignored labels, whose weight is 0 whatever the caller's weights are.
 *
 * The op makes their losses and gradients 0. So if the weight is a number, only the count of the
 * other labels is needed. Weights for each label become 0 at ignored ones.
 */
import {
  cast,
  div,
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
import {Reduction, type ReductionKey} from './reduction';
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
  if (typeof weights !== 'number' || !Number.isFinite(Math.fround(weights))) {
    return weightAndReduce(losses, withoutIgnored(weights, labels, ignoreClass), key);
  }
  const {countLabels} = lossKernel();
  if (countLabels !== undefined) {
    return weightAndReduce(losses, weights, key, countLabels(labels, ignoreClass));
  }
  // Nothing is read from a GPU, so there the count is a tensor, and a mean is divided by it here. If
  // all labels are ignored, 0 is divided by 1.
  const loss = weightAndReduce(losses, weights, key, 1);
  if (key !== Reduction.MEAN && key !== Reduction.SUM_BY_NONZERO_WEIGHTS) return loss;
  return div(loss, maximum(countUnequal(labels, ignoreClass), 1));
}

/** float32, of the shape of labels: 0 at ignored labels, and so is the gradient there. */
function withoutIgnored(weights: number | Tensor, labels: Tensor, ignoreClass: number): Tensor {
  const {shape, size} = labels;
  const ofEach =
    typeof weights === 'number'
      ? fill([size], weights)
      : reshape(broadcast(cast(weights, 'float32'), shape), [size]);
  // As a vector, because on webgl and webgpu tf.where takes at most rank 4.
  const classIds = reshape(labels, [size]);
  return reshape(selectWhere(isCounted(classIds, ignoreClass), ofEach), shape);
}

/**
 * x [batch, units] with 0 in the rows of ignored labels, for labels [batch]. The condition is
 * broadcast here because on wasm tf.where would use a slow tf.tile.
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
