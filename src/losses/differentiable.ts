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
 * A scalar: the sum of all elements divided by `divisor`, or 0 if that is 0. The gradient for each
 * element is dy / divisor. A divisor that is a tensor has a gradient of 0.
 */
export function sumOver(x: Tensor, divisor: number | Tensor): Tensor {
  const {shape} = x;
  return withDivisor(x, divisor, {
    value: () => divideNoNan(sumTo(x, []), divisor),
    gradient: (dy, divisor) => shareOfEach(dy, divisor, shape),
  });
}

/** The gradient of `sumOver`. `sumOver` is its gradient in turn. */
function shareOfEach(dy: Tensor, divisor: number | Tensor, shape: number[]): Tensor {
  return withDivisor(dy, divisor, {
    value: () => {
      if (divisor === 0) return zeros(shape);
      return typeof divisor === 'number'
        ? mul(alike(1 / divisor, shape), dy)
        : mul(alike(1, shape), divideNoNan(dy, divisor));
    },
    gradient: sumOver,
  });
}

interface QuotientNode {
  readonly value: () => Tensor;
  readonly gradient: (dy: Tensor, divisor: number | Tensor) => Tensor;
}

/** A node from x, and from the divisor if it is a tensor. */
function withDivisor(x: Tensor, divisor: number | Tensor, {value, gradient}: QuotientNode): Tensor {
  if (typeof divisor === 'number') {
    return withGradient({
      inputs: [x],
      saved: [],
      value,
      gradient: (dy) => gradient(dy, divisor),
    });
  }
  return withGradient({
    inputs: [x, divisor],
    saved: [divisor],
    value,
    gradient: (dy, divisor) => [gradient(dy, divisor), zeros([])],
  });
}

/** tf.fill, without running a kernel. */
function alike(value: number, shape: number[]): Tensor {
  return tensor(new Float32Array(util.sizeFromShape(shape)).fill(value), shape);
}

/** x / y for scalars, and 0 where y is 0. */
function divideNoNan(x: Tensor, y: number | Tensor): Tensor {
  if (typeof y !== 'number') return tfDivNoNan(x, y);
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
 * A scalar: the count of elements that are not that number. NaN is not 0. The gradient is 0.
 */
export function countUnequal(x: Tensor, value: number): Tensor {
  return withGradient({
    inputs: [x],
    saved: [x],
    value: () => sumTo(cast(notEqual(x, scalar(value, x.dtype)), 'float32'), []),
    gradient: (_, x) => zerosLike(x),
  });
}
