/**
 * Mean, division and count, right to any order of differentiation. In tf.js, divNoNan and notEqual
 * have no gradient.
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
 * A scalar: the sum of all elements divided by a number, or 0 if that number is 0. Its gradient for
 * each element is dy divided by that number.
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

/** The gradient of `sumOver`. `sumOver` is its gradient in turn. */
function shareOfEach(dy: Tensor, divisor: number, shape: number[]): Tensor {
  return withGradient({
    inputs: [dy],
    saved: [],
    value: () => (divisor === 0 ? zeros(shape) : mul(alike(1 / divisor, shape), dy)),
    gradient: (upstream) => sumOver(upstream, divisor),
  });
}

/** tf.fill, without running a kernel. */
function alike(value: number, shape: number[]): Tensor {
  return tensor(new Float32Array(util.sizeFromShape(shape)).fill(value), shape);
}

/** x / y, and 0 where y is 0. */
function divideNoNan(x: Tensor, y: number): Tensor {
  if (y === 1) return clone(x);
  return y === 0 ? zerosLike(x) : div(x, y);
}

/**
 * x / y for scalars, and 0 if y is 0, whatever x is. This is tf.math.divide_no_nan with its
 * gradient (tensorflow/python/ops/math_grad.py): d x = dy / y and d y = dy * ((-x / y) / y).
 */
export function divNoNan(x: Tensor, y: Tensor): Tensor {
  return withGradient({
    inputs: [x, y],
    saved: [x, y],
    value: () => tfDivNoNan(x, y),
    gradient: (dy, x, y) => [divNoNan(dy, y), mul(dy, divNoNan(divNoNan(neg(x), y), y))],
  });
}

/**
 * A scalar: the count of elements that are not that number. NaN is not 0. To the tape the count is
 * a constant.
 */
export function countUnequal(x: Tensor, value: number): Tensor {
  return withGradient({
    inputs: [x],
    saved: [x],
    value: () => sumTo(cast(notEqual(x, scalar(value, x.dtype)), 'float32'), []),
    gradient: (_, x) => zerosLike(x),
  });
}
