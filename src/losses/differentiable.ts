/**
 * Mean, division and count as the losses need them: right to any order of differentiation.
 * tf.divNoNan and tf.notEqual have no gradient.
 */
import {
  cast,
  clone,
  div,
  divNoNan as tfDivNoNan,
  mul,
  neg,
  notEqual,
  scalar,
  type Tensor,
  tensor,
  util,
  zeros,
  zerosLike,
} from '@tensorflow/tfjs-core';

import {sumTo} from '../gradients/sums';
import {withGradient} from '../gradients/tape';

/**
 * The sum of all elements over a number, a scalar; 0 where that number is 0. Its gradient is dy over
 * that number for each element, in one product.
 */
export function sumOver(x: Tensor, divisor: number): Tensor {
  const {shape} = x;
  return withGradient({
    inputs: [x],
    saved: [],
    value: () => divideNoNan(sumTo(x, []), divisor),
    gradient: (dy) => shareOfEach(dy, divisor, shape),
  });
}

/** The gradient of `sumOver`, which is its own in turn. */
function shareOfEach(dy: Tensor, divisor: number, shape: number[]): Tensor {
  return withGradient({
    inputs: [dy],
    saved: [],
    value: () => (divisor === 0 ? zeros(shape) : mul(alike(1 / divisor, shape), dy)),
    gradient: (upstream) => sumOver(upstream, divisor),
  });
}

/** tf.fill without its kernel. */
function alike(value: number, shape: number[]): Tensor {
  return tensor(new Float32Array(util.sizeFromShape(shape)).fill(value), shape);
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
export function divNoNan(x: Tensor, y: Tensor): Tensor {
  return withGradient({
    inputs: [x, y],
    saved: [x, y],
    value: () => tfDivNoNan(x, y),
    gradient: (dy, x, y) => [divNoNan(dy, y), mul(dy, divNoNan(divNoNan(neg(x), y), y))],
  });
}

/** How many elements are not that number, a scalar. NaN is not 0. To the tape it is a constant. */
export function countUnequal(x: Tensor, value: number): Tensor {
  return withGradient({
    inputs: [x],
    saved: [x],
    value: () => sumTo(cast(notEqual(x, scalar(value, x.dtype)), 'float32'), []),
    gradient: (_, x) => zerosLike(x),
  });
}
