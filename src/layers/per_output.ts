/** The losses of a model of tf.layers: one for all outputs, or each with its own. */
import type {Tensor} from '@tensorflow/tfjs-core';

import {describe} from '../arguments/describe';
import {ValueError} from '../errors';
import {sparseCategoricalCrossentropy, type SparseLoss} from './sparse_categorical_crossentropy';

/** A loss or a metric as tf.layers knows them: by name or as a function. */
export type Loss = string | ((yTrue: Tensor, yPred: Tensor) => Tensor);

/** One for all outputs, one for each output in their order, or by the names of outputs. */
export type PerOutput<T> = T | T[] | {[outputName: string]: T};

/** An array holds the metrics of every output, an object those of each output by its name. */
export type Metrics = Loss | Loss[] | {[outputName: string]: Loss | Loss[]};

/** Whether it is of this package. */
export function isSparse(loss: Loss | undefined): loss is Loss & SparseLoss {
  return typeof loss === 'function' && 'takesClassIds' in loss;
}

/** The same form, with f applied to each loss. */
export function mapLoss(loss: PerOutput<Loss>, f: (loss: Loss) => Loss): PerOutput<Loss> {
  if (typeof loss !== 'object') return f(loss);
  if (Array.isArray(loss)) return loss.map(f);
  return Object.fromEntries(Object.entries(loss).map(([name, each]) => [name, f(each)]));
}

/** The loss of one output, by its name and its place. */
export function lossOf(loss: PerOutput<Loss>, outputName: string, i: number): Loss | undefined {
  if (typeof loss !== 'object') return loss;
  return Array.isArray(loss) ? loss[i] : loss[outputName];
}

/** If no loss takes class ids, `model.compile` is the function to call. */
export function checkTakesClassIds(loss: PerOutput<Loss>): void {
  const losses: unknown[] = typeof loss === 'object' ? Object.values(loss) : [loss];
  if (losses.includes(sparseCategoricalCrossentropy)) {
    throw new ValueError(
      'compileSparse: write loss: sparseCategoricalCrossentropy(), with parentheses: ' +
        'the function makes the loss.',
    );
  }
  if (losses.some((each) => isSparse(each as Loss))) return;
  if (losses.some((each) => /^sparse_?categorical_?crossentropy$/i.test(String(each)))) {
    throw new ValueError(
      'compileSparse: leave `loss` out, or write loss: sparseCategoricalCrossentropy(), ' +
        "which is a function of this package. A string means tf.layers' own loss, " +
        `which takes probabilities; got ${losses.map(describe).join(', ')}.`,
    );
  }
  throw new ValueError(
    'compileSparse: leave `loss` out for sparseCategoricalCrossentropy() at every output, or call ' +
      `model.compile. No loss takes class ids, got ${losses.map(describe).join(', ') || 'none'}.`,
  );
}
