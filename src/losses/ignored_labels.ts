/** Weights where some labels do not count. */
import {
  broadcastTo,
  cast,
  customGrad,
  fill,
  type GradSaveFunc,
  notEqual,
  reshape,
  scalar,
  type Tensor,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';

/**
 * Weights of the shape of labels, float32: 0 where the label is `ignoreClass`, whatever the weight was
 * there, NaN and Infinity included. Their gradient there is 0 too.
 */
export function weightsOfCounted(
  weights: number | Tensor,
  labels: Tensor,
  ignoreClass: number,
): number | Tensor {
  const {shape, size} = labels;
  if (size === 0) return weights; // Nothing to ignore, and nothing to broadcast to.
  const ofEach =
    typeof weights === 'number'
      ? fill([size], weights)
      : reshape(broadcastTo(cast(weights, 'float32'), shape), [size]);
  // As a vector: on webgl and webgpu tf.where ends at rank 4.
  const counts = notEqual(reshape(labels, [size]), scalar(ignoreClass, 'int32'));
  return reshape(selectWhere(counts, ofEach), shape);
}

/** x where the condition holds, else 0. Its gradient is the same selection of dy. */
function selectWhere(condition: Tensor, x: Tensor): Tensor {
  return customGrad((x, save) => {
    (save as GradSaveFunc)([condition]);
    return {
      value: where(condition, x as Tensor, zerosLike(x as Tensor)),
      gradFunc: (dy: Tensor, [condition]: Tensor[]) => selectWhere(condition, dy),
    };
  })(x);
}
