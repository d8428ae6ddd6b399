/**
 * The gradient of every row of a matrix of logits by TensorFlow's ops.
 *
 *   dfeatures[j] = dy (p[j] - labelScale (j == y) - uniformScale)
 *
 * With p[j] = weight[j] / sum + labelShare (j == y), as unscaled_softmax.ts has it, and
 * labelWeight = labelScale - labelShare, that is
 *
 *   dfeatures[j] = dy (weight[j] / sum - labelWeight (j == y) - uniformScale)
 *
 * Each function makes one matrix from the weights and one more for what it subtracts from all of it,
 * and lets go of the weights as soon as it can.
 */
import {scalar, type Tensor, tensor, tensor1d, type TensorInfo} from '@tensorflow/tfjs-core';

import {type CountedRows, maskOf} from './counted_rows';
import type {TensorFlowOps} from './tensorflow_ops';
import type {UnscaledSoftmax} from './unscaled_softmax';

export interface RowGradientTerms {
  readonly softmax: UnscaledSoftmax;
  /** float32 [batch, 1]. */
  readonly dy: TensorInfo;
  readonly labelWeight: number;
  readonly uniformScale: number;
  readonly rows: CountedRows;
  readonly numClasses: number;
}

/**
 * The target of every class is subtracted, by OneHot, and dy multiplied in last.
 *
 * InplaceSub goes along the first dimension one by one. So the matrix gets a first dimension of 1.
 */
export function gradientsByOneHot(
  ops: TensorFlowOps,
  {softmax, dy, labelWeight, uniformScale, rows, numClasses}: RowGradientTerms,
): Tensor {
  const batch = rows.labels.length;
  const {weights, sums} = softmax;
  const divisor = sums ? ops.reshape(sums, [1, batch, 1]) : tensor([1], [1, 1, 1]);
  const probabilities = ops.div(weights, divisor);
  softmax.own?.dispose();
  const labels = tensor(rows.labels, [1, batch], 'int32');
  const targets = ops.oneHot(labels, numClasses, labelWeight + uniformScale, uniformScale);
  const differences = insteadOf(
    probabilities,
    ops.subtractFromRows(probabilities, tensor1d([0], 'int32'), targets),
  );
  targets.dispose();
  const gradients = insteadOf(differences, ops.mul(differences, dy));
  return counted(ops, gradients, rows);
}

/** dy is multiplied in first, and the label's own entry comes last, each logit a row of its own. */
export function gradientsByIndex(
  ops: TensorFlowOps,
  {softmax, dy, labelWeight, uniformScale, rows, numClasses}: RowGradientTerms,
): Tensor {
  const {weights, sums} = softmax;
  let gradients = ops.mul(weights, sums ? ops.div(dy, sums) : dy);
  softmax.own?.dispose();
  if (uniformScale !== 0) {
    const uniform = ops.mul(dy, scalar(uniformScale));
    gradients = insteadOf(gradients, ops.sub(gradients, uniform));
  }
  gradients = counted(ops, gradients, rows);
  if (labelWeight === 0) return gradients;

  const atLabels = counted(ops, ops.mul(dy, scalar(labelWeight)), rows);
  const indices = rows.labels.map((label, row) => row * numClasses + label);
  const column = insteadOf(gradients, ops.reshape(gradients, [gradients.size, 1]));
  return insteadOf(column, ops.subtractFromRows(column, tensor1d(indices, 'int32'), atLabels));
}

/** 0 in the rows that do not count. A choice and no product: 0 times a NaN would be NaN. */
function counted(ops: TensorFlowOps, x: Tensor, {counts}: CountedRows): Tensor {
  if (counts === undefined) return x;
  return insteadOf(x, ops.select(maskOf(counts, [counts.length, 1]), x, scalar(0)));
}

function insteadOf(old: Tensor, next: Tensor): Tensor {
  old.dispose();
  return next;
}
