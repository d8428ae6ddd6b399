/** The losses of a model of tf.layers: one for all outputs, or each with its own. */
import type {Tensor} from '@tensorflow/tfjs-core';

import {ValueError} from '../errors';
import type {SparseLoss} from './sparse_categorical_crossentropy';

/** A loss or a metric as tf.layers knows them: by name or as a function. */
export type Loss = string | ((yTrue: Tensor, yPred: Tensor) => Tensor);

/** One for all outputs, one for each output in their order, or by the names of outputs. */
export type PerOutput<T> = T | T[] | {[outputName: string]: T};

/** Whether it is of this package. */
export function isSparse(loss: Loss | undefined): loss is Loss & SparseLoss {
  return typeof loss === 'function' && 'takesClassIds' in loss;
}

/** The same arrangement, each loss replaced. */
export function mapLoss(loss: PerOutput<Loss>, f: (loss: Loss) => Loss): PerOutput<Loss> {
  if (typeof loss !== 'object') return f(loss);
  if (Array.isArray(loss)) return loss.map(f);
  return Object.fromEntries(Object.entries(loss).map(([name, each]) => [name, f(each)]));
}

/** Of one output, by its name and its place. */
export function lossOf(loss: PerOutput<Loss>, outputName: string, i: number): Loss | undefined {
  if (typeof loss !== 'object') return loss;
  return Array.isArray(loss) ? loss[i] : loss[outputName];
}

/** Without one of this package there is nothing that `model.compile` cannot do. */
export function checkTakesClassIds(loss: PerOutput<Loss>): void {
  const losses = typeof loss === 'object' ? Object.values(loss) : [loss];
  if (losses.some(isSparse)) return;
  const names = losses.map((each) => (typeof each === 'function' ? 'a function' : `'${each}'`));
  throw new ValueError(
    `compileSparse: no loss is a sparseCategoricalCrossentropy() of this package, got ${names.join(', ') || 'none'}. ` +
      'Leave `loss` out to have it for every output, or call model.compile.',
  );
}
