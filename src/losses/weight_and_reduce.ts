/** The arithmetic of `computeWeightedLoss`, without its checks, names and collections. */
import {cast, clone, type DataType, mul, type Tensor} from '@tensorflow/tfjs-core';

import {broadcast} from '../gradients/sums';
import {countUnequal, divNoNan, sumOver} from './differentiable';
import {Reduction, type ReductionKey} from './reduction';
import {repetitions} from './weights';

/**
 * Multiplies losses by weights, which broadcast to them, and reduces them; float32. If the weights
 * are a number, a mean is over `count` losses. The others are of ignored labels, and are 0.
 */
export function weightAndReduce(
  losses: Tensor,
  anyWeights: number | Tensor,
  key: ReductionKey,
  count = losses.size,
): Tensor {
  const weights = toFloat32(anyWeights);
  const weighted = weights === 1 ? losses : weigh(losses, weights);
  if (key === Reduction.NONE) return weighted === losses ? clone(losses) : weighted;
  if (losses.size === 0) return sumOver(weighted, 1); // The sum of no losses, 0.
  if (key === Reduction.MEAN && typeof weights !== 'number') {
    // The one denominator whose gradient is not 0.
    const denominator = mul(sumOver(weights, 1), repetitions(weights, losses));
    return divNoNan(sumOver(weighted, 1), denominator);
  }
  return sumOver(weighted, divisorOf(losses, weights, key, count));
}

/** The denominator of a reduction where it has no gradient, or a gradient of 0. */
function divisorOf(
  losses: Tensor,
  weights: number | Tensor,
  key: ReductionKey,
  count: number,
): number | Tensor {
  if (key === Reduction.SUM) return 1;
  if (key === Reduction.SUM_OVER_BATCH_SIZE) return losses.size;
  if (typeof weights !== 'number') {
    return mul(countUnequal(weights, 0), repetitions(weights, losses));
  }
  if (key === Reduction.MEAN) return weights * count;
  return weights === 0 ? 0 : count;
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
