/** Targets of tf.layers as labels of the op. */
import {
  cast,
  equal,
  getBackend,
  getKernel,
  scalar,
  type Tensor,
  where,
} from '@tensorflow/tfjs-core';

import {InvalidArgumentError} from '../errors';
import {SparseSoftmaxCrossEntropyCheckLabels} from '../kernel_names';
import {isInt32} from '../to_tensor';

/** What no backend takes for a class. */
const NO_CLASS = -1;

/**
 * Targets as int32. tf.layers and tf.data make float32 of many an integer, so those are taken here,
 * and only here. 1.5 or NaN is an error where targets are in main memory; elsewhere reading them
 * would stop the GPU at every step, and such a target becomes -1, whose loss is NaN there.
 */
export function toClassIds(targets: Tensor): Tensor {
  if (targets.dtype !== 'float32') return targets; // int32, or for the op to refuse.
  checkIntegers(targets);
  const ids = cast(targets, 'int32');
  return where(equal(cast(ids, 'float32'), targets), ids, scalar(NO_CLASS, 'int32'));
}

function checkIntegers(targets: Tensor): void {
  const inMainMemory = getKernel(SparseSoftmaxCrossEntropyCheckLabels, getBackend()) !== undefined;
  if (!inMainMemory) return;
  const culprit = targets.dataSync<'float32'>().find((target) => !isInt32(target));
  if (culprit === undefined) return;
  throw new InvalidArgumentError(
    `Targets must be class ids, integers in [0, classes), got ${culprit} in a float32 tensor of ` +
      `shape [${targets.shape}].`,
  );
}
