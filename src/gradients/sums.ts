/**
 * Sums and broadcasts that can be differentiated to any order. Each is the gradient of the other,
 * so no derivative adds with tf.sum, which is wrong for many terms: see sum_terms.ts.
 *
 * Adjacent broadcast axes are taken together, as the middle of [outer, terms, inner]. So any rank
 * works; the gradient of tf.broadcastTo ends at rank 4.
 */
import {engine, mul, ones, reshape, type Tensor, tidy, util, zeros} from '@tensorflow/tfjs-core';

import type {SparseSoftmaxCrossEntropySumAttrs as Terms} from '../kernel_names';
import {sumTerms} from './sum_terms';
import {withGradient} from './tape';

/**
 * Sums x over the axes on which `shape` broadcasts to the shape of x. A `shape` of [] is the sum of
 * all elements. For a matrix, [rows, 1] is the sum of each row, and [columns] that of each column.
 *
 * @param x float32 of any shape.
 */
export function sumTo(x: Tensor, shape: number[]): Tensor {
  const value = (x: Tensor) => {
    if (x.size === 0) return zeros(shape); // On webgl tf.sum fails for an empty tensor.
    const runs = summedRuns(x.shape, shape);
    return runs.length === 0 ? reshape(x, shape) : runs.reduce(sumTerms, x);
  };
  return linear(x, shape, value, (dy) => broadcast(dy, x.shape));
}

/**
 * x repeated along the axes on which it broadcasts to `shape`.
 *
 * @param x float32 of any shape that broadcasts to `shape`.
 */
export function broadcast(x: Tensor, shape: number[]): Tensor {
  const value = (x: Tensor) => {
    if (util.sizeFromShape(shape) === 0) return zeros(shape);
    return reshape(summedRuns(shape, x.shape).reduceRight(repeatTerms, x), shape);
  };
  return linear(x, shape, value, (dy) => sumTo(dy, x.shape));
}

/** A linear function of x, with its transpose as the gradient if the tape is on. */
function linear(
  x: Tensor,
  shape: number[],
  value: (x: Tensor) => Tensor,
  transpose: (dy: Tensor) => Tensor,
): Tensor {
  if (util.arraysEqual(x.shape, shape)) return x;
  if (!engine().isTapeOn()) return tidy(() => value(x));
  return withGradient({inputs: [x], saved: [], value: () => value(x), gradient: transpose});
}

/**
 * [outer, inner] -> [outer, terms, inner]. For a scalar, tf.mul computes no index for each element.
 */
function repeatTerms(x: Tensor, {outer, terms, inner}: Terms): Tensor {
  const each = reshape(x, x.size === 1 ? [] : [outer, 1, inner]);
  return mul(ones([outer, terms, inner]), each);
}

/**
 * The groups of adjacent axes to sum, each with the sizes around it after the groups before it are
 * summed. The last group leaves the shape `to`.
 */
function summedRuns(from: number[], to: number[]): Terms[] {
  const kept = [...new Array<number>(from.length - to.length).fill(1), ...to];
  const runs: Terms[] = [];
  let [outer, terms] = [1, 1];
  for (let axis = 0; axis < from.length; axis++) {
    if (kept[axis] === from[axis]) {
      outer *= from[axis];
      continue;
    }
    terms *= from[axis];
    if (axis + 1 < from.length && kept[axis + 1] !== from[axis + 1]) continue;
    const inner = util.sizeFromShape(from.slice(axis + 1));
    const isLast = util.arraysEqual(kept.slice(axis + 1), from.slice(axis + 1));
    runs.push({outer, terms, inner, shape: isLast ? to : [outer, inner]});
    terms = 1;
  }
  return runs;
}
