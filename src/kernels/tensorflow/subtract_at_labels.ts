/** Subtracts a number at the label of each row of a matrix. */
import {tensor1d, type Tensor} from '@tensorflow/tfjs-core';

import {insteadOf, type TensorFlowOps} from './tensorflow_ops';

/** Indices are int32. */
const MAX_INT32 = 2 ** 31 - 1;

/** One-hot targets take 1 ns a logit, an index 30 to 100 ns a row. */
const MAX_CLASSES_OF_ONE_HOT = 16;

/**
 * x[row, labels[row]] -= values[row] for x [batch, classes] and values [batch, 1]. Overwrites or
 * disposes x, so only the caller may use x.
 */
export function subtractAtLabels(
  ops: TensorFlowOps,
  x: Tensor,
  labels: Int32Array,
  values: Tensor,
): Tensor {
  const byOneHot = x.shape[1]! <= MAX_CLASSES_OF_ONE_HOT || x.size > MAX_INT32;
  return (byOneHot ? subtractByOneHot : subtractByIndex)(ops, x, labels, values);
}

/** As a matrix [batch * classes, 1], whose rows are single logits. */
export function subtractByIndex(
  ops: TensorFlowOps,
  x: Tensor,
  labels: Int32Array,
  values: Tensor,
): Tensor {
  const numClasses = x.shape[1]!;
  const indices = tensor1d(
    labels.map((label, row) => row * numClasses + label),
    'int32',
  );
  const logits = insteadOf(x, ops.reshape(x, [x.size, 1]));
  const result = insteadOf(logits, ops.subtractFromRows(logits, indices, values));
  return insteadOf(result, ops.reshape(result, x.shape));
}

/** For any size, but with up to two more matrices. */
export function subtractByOneHot(
  ops: TensorFlowOps,
  x: Tensor,
  labels: Int32Array,
  values: Tensor,
): Tensor {
  const oneHot = ops.oneHot(tensor1d(labels, 'int32'), x.shape[1]!);
  const targets = insteadOf(oneHot, ops.mul(oneHot, values));
  const result = insteadOf(x, ops.sub(x, targets));
  targets.dispose();
  return result;
}
