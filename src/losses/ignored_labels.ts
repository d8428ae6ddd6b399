/** Weights where some labels do not count. */
import {
  broadcastTo,
  cast,
  customGrad,
  fill,
  type GradSaveFunc,
  notEqual,
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
  if (labels.size === 0) return weights; // Nothing to ignore, and nothing to broadcast to.
  const {shape} = labels;
  const ofEach =
    typeof weights === 'number'
      ? fill(shape, weights)
      : broadcastTo(cast(weights, 'float32'), shape);
  return selectWhere(notEqual(labels, scalar(ignoreClass, 'int32')), ofEach);
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
