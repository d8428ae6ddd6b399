import {
  argMax,
  cast,
  divNoNan,
  equal,
  logicalAnd,
  notEqual,
  sum,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';

import {withoutLastOfOne} from './class_ids';
import type {Loss} from './per_output';

/**
 * The share of the targets that count whose class has the largest logit; 0 where none counts. tf.layers'
 * own accuracy, like Keras's, takes an ignored target for a wrong guess.
 */
export function accuracyOfCounted(ignoreClass: number): (yTrue: Tensor, yPred: Tensor) => Tensor {
  return (yTrue, yPred) =>
    tidy(() => {
      const targets = cast(withoutLastOfOne(yTrue, yPred), 'int32');
      const counts = notEqual(targets, ignoreClass);
      const hits = logicalAnd(counts, equal(targets, argMax(yPred, -1)));
      return divNoNan(sum(cast(hits, 'float32')), sum(cast(counts, 'float32')));
    });
}

/** Whether tf.layers made a metric of this name, and not the user: 'acc', or 'a_acc' of an output a. */
export function isAccuracy(metric: Loss, name: string, given: unknown): boolean {
  const metrics = [given].flat().flatMap((each) => (isObject(each) ? Object.values(each) : each));
  return /(^|_)acc$/.test(name) && !metrics.flat().includes(metric);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
