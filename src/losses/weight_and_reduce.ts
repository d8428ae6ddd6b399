/** The arithmetic of `computeWeightedLoss`, without its checks, names and collections. */
import {cast, clone, type DataType, div, mul, type Tensor} from '@tensorflow/tfjs-core';

import {broadcast} from '../gradients/sums';
import {countUnequal, divNoNan, sumOver} from './differentiable';
import {Reduction, type ReductionKey} from './reduction';
import {repetitions} from './weights';

/**
 * float32: the reduction of losses times weights, which broadcast to them. If `anyWeights` is a
 * number, it is the weight of `numCounted` losses, and the others are ignored, with a loss of 0. A
 * tensor `numCounted` is at least 1.
 */
export function weightAndReduce(
  losses: Tensor,
  anyWeights: number | Tensor,
  key: ReductionKey,
  numCounted: number | Tensor = losses.size,
): Tensor {
  const {size} = losses;
  const weights = toFloat32(anyWeights);
  const weighted = weights === 1 ? losses : weigh(losses, weights);
  if (size === 0 && key !== Reduction.NONE) return sumOver(weighted, 1); // The sum of no losses, 0.
  switch (key) {
    case Reduction.NONE:
      return weighted === losses ? clone(losses) : weighted;
    case Reduction.SUM:
      return sumOver(weighted, 1);
    case Reduction.SUM_OVER_BATCH_SIZE:
      return sumOver(weighted, size);
    case Reduction.SUM_BY_NONZERO_WEIGHTS:
      return typeof weights === 'number'
        ? meanOf(weighted, weights === 0 ? 0 : 1, numCounted)
        : divNoNan(
            sumOver(weighted, 1),
            mul(countUnequal(weights, 0), repetitions(weights, losses)),
          );
    case Reduction.MEAN:
      return typeof weights === 'number'
        ? meanOf(weighted, weights, numCounted)
        : divNoNan(sumOver(weighted, 1), mul(sumOver(weights, 1), repetitions(weights, losses)));
  }
}

/** The sum of all elements divided by weight * count, or 0 if that is 0. */
function meanOf(x: Tensor, weight: number, count: number | Tensor): Tensor {
  if (weight === 0) return sumOver(x, 0);
  if (typeof count === 'number') return sumOver(x, weight * count);
  return div(sumOver(x, weight), count);
}

function weigh(losses: Tensor, weights: number | Tensor): Tensor {
  return mul(losses, typeof weights === 'number' ? weights : broadcast(weights, losses.shape));
}

function toFloat32(weights: number | Tensor): number | Tensor {
  return typeof weights === 'number' ? Math.fround(weights) : asType(weights, 'float32');
}

export function asType(tensor: Tensor, dtype: DataType): Tensor {
  return tensor.dtype === dtype ? tensor : cast(tensor, dtype);
}
