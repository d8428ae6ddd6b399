/** Targets of tf.layers as labels of the op. */
import {cast, equal, reshape, scalar, squeeze, type Tensor, where} from '@tensorflow/tfjs-core';

import {refuseBadLabels} from '../ops/loss_kernel';

/** tf.layers turns targets [batch] into [batch, 1]. */
export function withoutLastOfOne(yTrue: Tensor, yPred: Tensor): Tensor {
  const {rank, shape} = yTrue;
  return rank === yPred.rank && shape[rank - 1] === 1 ? squeeze(yTrue, [rank - 1]) : yTrue;
}

/**
 * Targets as int32. tf.layers and tf.data often turn integers into float32, so this adapter accepts
 * them, and the op does not. 1.5 or NaN is an error if the backend checks labels. Other backends
 * would have to read them back at every step. There such a target becomes an id outside of the
 * classes, whose loss is NaN. That id must not be `ignoreClass`.
 */
export function toClassIds(targets: Tensor, logits: Tensor, ignoreClass?: number): Tensor {
  if (targets.dtype !== 'float32') return targets; // int32, or a dtype that the op refuses.
  refuseBadLabels(targets, logits, ignoreClass);
  const noClass = ignoreClass === -1 ? -2 : -1;
  // On webgl and webgpu tf.where takes at most rank 4.
  const floats = reshape(targets, [targets.size]);
  const ids = cast(floats, 'int32');
  const classIds = where(equal(cast(ids, 'float32'), floats), ids, scalar(noClass, 'int32'));
  return reshape(classIds, targets.shape);
}
