/** Targets of tf.layers as labels of the op. */
import {cast, equal, reshape, scalar, squeeze, type Tensor, where} from '@tensorflow/tfjs-core';

import {checkBackend} from '../ops/check_backend';

/** tf.layers makes [batch, 1] of targets [batch]. */
export function withoutLastOfOne(yTrue: Tensor, yPred: Tensor): Tensor {
  const {rank, shape} = yTrue;
  return rank === yPred.rank && shape[rank - 1] === 1 ? squeeze(yTrue, [rank - 1]) : yTrue;
}

/**
 * Targets as int32. tf.layers and tf.data make float32 of many an integer, so those are taken here,
 * and only here. 1.5 or NaN is an error in main memory. Reading targets back from a GPU would stop
 * it at every step, so there such a target becomes what is no class, whose loss is NaN. It must not
 * become `ignoreClass`.
 */
export function toClassIds(targets: Tensor, logits: Tensor, ignoreClass?: number): Tensor {
  if (targets.dtype !== 'float32') return targets; // int32, or for the op to refuse.
  checkBackend(targets, logits, ignoreClass);
  const noClass = ignoreClass === -1 ? -2 : -1;
  const floats = reshape(targets, [targets.size]); // On webgl and webgpu tf.where ends at rank 4.
  const ids = cast(floats, 'int32');
  const classIds = where(equal(cast(ids, 'float32'), floats), ids, scalar(noClass, 'int32'));
  return reshape(classIds, targets.shape);
}
