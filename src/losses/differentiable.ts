/**
 * Sum, division, count and the product with nothing as the losses need them: right to any order of
 * differentiation, and without a broadcast that goes element by element.
 *
 * tf.sum's gradient broadcasts a tensor of shape [1], for which the cpu backend computes an index per
 * element; a scalar takes the fast way. tf.divNoNan and tf.notEqual have no gradient. On webgl the sum
 * of an empty tensor fails.
 */
import {
  cast,
  clone,
  customGrad,
  div,
  divNoNan as tfDivNoNan,
  mul,
  neg,
  notEqual,
  scalar,
  sum as tfSum,
  type GradSaveFunc,
  type Tensor,
  tensor,
  util,
  zeros,
  zerosLike,
} from '@tensorflow/tfjs-core';

/**
 * The sum of all elements over a number, a scalar; 0 where that number is 0. Its gradient is dy over
 * that number for each element, in one product.
 */
export function sumOver(x: Tensor, divisor: number): Tensor {
  return customGrad((x) => {
    const {shape} = x as Tensor;
    return {
      value: divideNoNan(sumOf(x as Tensor), divisor),
      gradFunc: (dy: Tensor) =>
        divisor === 0 ? mul(zeros(shape), nothingOf(dy)) : mul(alike(1 / divisor, shape), dy),
    };
  })(x);
}

/** tf.fill without its kernel. */
function alike(value: number, shape: number[]): Tensor {
  return tensor(new Float32Array(util.sizeFromShape(shape)).fill(value), shape);
}

function sumOf(x: Tensor): Tensor {
  return x.size === 0 ? zeros([]) : tfSum(x);
}

/**
 * losses * weights where there are no losses: nothing again. tf.mul has no gradient for what broadcasts
 * to nothing. Its two gradients are each other's, so that they can be taken to any order.
 */
export const weighNothing: (losses: Tensor, weights: Tensor) => Tensor = customGrad(
  (losses, weights, save) => {
    (save as GradSaveFunc)([losses as Tensor, weights as Tensor]);
    return {
      value: clone(losses as Tensor),
      gradFunc: (dy: Tensor, [losses, weights]: Tensor[]) => [
        weighNothing(dy, weights),
        sumNothing(dy, losses, weights.shape),
      ],
    };
  },
);

/** The gradient of `weighNothing` for weights: sums of nothing, which are 0. */
function sumNothing(a: Tensor, b: Tensor, shape: number[]): Tensor {
  return customGrad((a, b, save) => {
    (save as GradSaveFunc)([a as Tensor, b as Tensor]);
    return {
      value: zeros(shape),
      gradFunc: (dy: Tensor, [a, b]: Tensor[]) => [weighNothing(b, dy), weighNothing(a, dy)],
    };
  })(a, b);
}

/** 0 for whatever x is, NaN included: x / 0 without NaN, and so its gradient. */
function nothingOf(x: Tensor): Tensor {
  return customGrad((x) => ({value: zerosLike(x as Tensor), gradFunc: nothingOf}))(x);
}

/** x / y, and 0 where y is 0. */
function divideNoNan(x: Tensor, y: number): Tensor {
  if (y === 1) return clone(x);
  return y === 0 ? zerosLike(x) : div(x, y);
}

/**
 * x / y for scalars, and 0 where y is 0, whatever x is: tf.math.divide_no_nan with its gradient
 * (tensorflow/python/ops/math_grad.py), d x = dy / y and d y = dy * ((-x / y) / y).
 */
export const divNoNan: (x: Tensor, y: Tensor) => Tensor = customGrad((x, y, save) => {
  (save as GradSaveFunc)([x as Tensor, y as Tensor]);
  return {
    value: tfDivNoNan(x as Tensor, y as Tensor),
    gradFunc: (dy: Tensor, [x, y]: Tensor[]) => [
      divNoNan(dy, y),
      mul(dy, divNoNan(divNoNan(neg(x), y), y)),
    ],
  };
});

/** How many elements are not that number, a scalar. NaN is not 0. To the tape it is a constant. */
export function countUnequal(x: Tensor, value: number): Tensor {
  return customGrad((x, save) => {
    const {dtype} = x as Tensor;
    (save as GradSaveFunc)([x as Tensor]);
    return {
      value: sumOf(cast(notEqual(x as Tensor, scalar(value, dtype)), 'float32')),
      gradFunc: (_: Tensor, [x]: Tensor[]) => zerosLike(x),
    };
  })(x);
}
