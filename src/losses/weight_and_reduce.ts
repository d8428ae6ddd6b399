/** The arithmetic of `computeWeightedLoss`, without its checks, names and collections. */
import {cast, clone, type DataType, mul, type Tensor} from '@tensorflow/tfjs-core';

import {countNonzero, divNoNan, sumOver, weighNothing} from './differentiable';
import {Reduction, type ReductionKey} from './reduction';
import {repetitions} from './weights';

/** float32: losses times weights, which broadcast to them, and their reduction. */
export function weightAndReduce(
  losses: Tensor,
  anyWeights: number | Tensor,
  key: ReductionKey,
): Tensor {
  const {size} = losses;
  const weights = toFloat32(anyWeights);
  const weighted = weights === 1 ? losses : weigh(losses, weights);
  if (size === 0 && key !== Reduction.NONE) return sumOver(weighted, 1); // The sum of nothing, 0.
  switch (key) {
    case Reduction.NONE:
      return weighted === losses ? clone(losses) : weighted;
    case Reduction.SUM:
      return sumOver(weighted, 1);
    case Reduction.SUM_OVER_BATCH_SIZE:
      return sumOver(weighted, size);
    case Reduction.SUM_BY_NONZERO_WEIGHTS:
      return typeof weights === 'number'
        ? sumOver(weighted, weights === 0 ? 0 : size)
        : divNoNan(sumOver(weighted, 1), mul(countNonzero(weights), repetitions(weights, losses)));
    case Reduction.MEAN:
      return typeof weights === 'number'
        ? sumOver(weighted, weights * size)
        : divNoNan(sumOver(weighted, 1), mul(sumOver(weights, 1), repetitions(weights, losses)));
  }
}

function weigh(losses: Tensor, weights: number | Tensor): Tensor {
  if (losses.size > 0) return mul(losses, weights);
  return typeof weights === 'number' ? losses : weighNothing(losses, weights);
}

function toFloat32(weights: number | Tensor): number | Tensor {
  return typeof weights === 'number' ? Math.fround(weights) : asType(weights, 'float32');
}

export function asType(tensor: Tensor, dtype: DataType): Tensor {
  return tensor.dtype === dtype ? tensor : cast(tensor, dtype);
}
