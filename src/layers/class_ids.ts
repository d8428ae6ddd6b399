/** Targets of tf.layers as labels of the op. */
import {cast, equal, scalar, type Tensor, where} from '@tensorflow/tfjs-core';

import {checkBackend} from '../ops/check_backend';

/** What no backend takes for a class. */
const NO_CLASS = -1;

/**
 * Targets as int32. tf.layers and tf.data make float32 of many an integer, so those are taken here,
 * and only here. 1.5 or NaN is an error where the backend looks at labels; elsewhere reading them
 * would stop the GPU at every step, and such a target becomes -1, whose loss is NaN there.
 */
export function toClassIds(targets: Tensor, logits: Tensor): Tensor {
  if (targets.dtype !== 'float32') return targets; // int32, or for the op to refuse.
  checkBackend(targets, logits);
  const ids = cast(targets, 'int32');
  return where(equal(cast(ids, 'float32'), targets), ids, scalar(NO_CLASS, 'int32'));
}
