/**
 * The gradient of every row by TensorFlow's ops, from the statistics of Loss.
 *
 *   dfeatures[j] = a p[j] - b (j == y) - c,     p[j] = exp(x[j] - shift) / sumExp
 *
 *   a = dy (1 + 2 k lse),   b = labelScale dy,   c = uniformScale dy,   lse = shift + log(sumExp)
 *
 * The exponentials are multiplied once, and last. So an infinite dy multiplies a difference, and
 * Infinity is never subtracted from Infinity:
 *
 *   dfeatures[j] = (exp(x[j] - shift) - b sumExp / a (j == y) - c sumExp / a) a / sumExp
 */
import {scalar, type Tensor, tensor2d, type TensorInfo} from '@tensorflow/tfjs-core';

import {sizesOf} from '../../kernel_names';
import type {GradAttrs} from '../define_kernels';
import {column, expsOf, insteadOf} from './exps';
import {inRange, isClass} from './labels';
import {subtractAtLabels} from './subtract_at_labels';
import {shiftsOf} from './statistics';
import type {TensorFlowOps} from './tensorflow_ops';

/** a / dy is 0 if lse is -1 / 2k. It is rounded to a multiple of this number, which replaces 0. */
const SMALLEST_FACTOR = 2 ** -53;

export interface Rows {
  readonly dy: Float32Array;
  readonly labels: Int32Array;
  readonly statistics: Float32Array;
}

/** Logits [batch, classes] -> dfeatures [batch, classes]. */
export function gradByOps(
  ops: TensorFlowOps,
  logits: TensorInfo,
  rows: Rows,
  attrs: GradAttrs,
): Tensor {
  const {labelScale, uniformScale} = attrs;
  const {numClasses} = sizesOf(logits);
  const {factors, units, mask} = termsOf(rows, numClasses, attrs);

  let gradients = expsOf(ops, logits, shiftsOf(rows.statistics));
  if (uniformScale !== 0) {
    const uniform = column(units.map((unit) => uniformScale * unit));
    gradients = insteadOf(gradients, ops.sub(gradients, uniform));
  }
  if (labelScale !== 0) {
    const targets = labelScale === 1 ? units : units.map((unit) => labelScale * unit);
    gradients = subtractAtLabels(ops, gradients, inRange(rows.labels, numClasses), targets);
  }
  gradients = insteadOf(gradients, ops.mul(gradients, column(factors)));
  if (mask === undefined) return gradients;
  const condition = tensor2d(mask, [mask.length, 1], 'bool');
  return insteadOf(gradients, ops.select(condition, gradients, scalar(0)));
}

interface Terms {
  /** a / sumExp. */
  readonly factors: Float32Array;
  /** dy sumExp / a: a scale of 1 subtracts this from an exponential. */
  readonly units: Float32Array;
  /**
   * 0 in ignored rows, if one may have an exponential that is not finite, since 0 times that is
   * NaN.
   */
  readonly mask?: Uint8Array;
}

function termsOf(
  {dy, labels, statistics}: Rows,
  numClasses: number,
  {ignoreClass, zLoss}: GradAttrs,
): Terms {
  const factors = new Float32Array(labels.length);
  const units = new Float32Array(labels.length);
  let needsMask = false;
  for (let row = 0; row < labels.length; row++) {
    const sumExp = statistics[2 * row + 1];
    if (labels[row] === ignoreClass) {
      needsMask ||= !(sumExp > 0 && sumExp < Infinity);
      continue;
    }
    const shift = statistics[2 * row];
    const perDy = zLoss === 0 ? 1 : 1 + 2 * zLoss * (shift + Math.log(sumExp)) || SMALLEST_FACTOR;
    factors[row] = isClass(labels[row], numClasses) ? (dy[row] * perDy) / sumExp : NaN;
    units[row] = sumExp / perDy;
  }
  const mask = needsMask ? Uint8Array.from(labels, (y) => Number(y !== ignoreClass)) : undefined;
  return {factors, units, mask};
}
