/** sparseSoftmaxCrossEntropyWithLogits, and its gradient times an upstream gradient. */
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

import {sparseSoftmaxCrossEntropyWithLogits as nn} from '../../src/index';
import {descriptionOf} from '../backends';
import {oracle} from '../helpers/oracle';
import {compare} from './compare';
import {anyRows, evenly} from './logits';
import {optionsFor} from './options';
import {fuzzProperty} from './property';
import {arrayOf} from './rows';
import {runCall} from './run_call';
import {tensorBy, view} from './views';

/** Upstream gradients: 0 must not hide NaN. */
const upstream = fc.oneof(
  {weight: 4, arbitrary: evenly(3)},
  {weight: 1, arbitrary: fc.constantFrom(0, 1, 1000)},
);

/** With logits of +-3e38, whose loss may be beyond float32. */
const cases = anyRows(3e38, -3e38).chain((rows) =>
  fc.record({
    rows: fc.constant(rows),
    options: optionsFor(rows),
    dy: arrayOf(upstream, rows.labels.length),
    logitsView: view,
    labelsView: view,
    dyView: view,
  }),
);

export const op = fuzzProperty('the op', cases, async (drawn, errors) => {
  const {rows, options, dy} = drawn;
  const {shape, numClasses, logits, labels} = rows;
  const $labels = tensorBy(drawn.labelsView, labels, shape, 'int32');
  const {value, gradients} = await runCall(
    (x) => nn($labels, x, options),
    [tensorBy(drawn.logitsView, logits, [...shape, numClasses])],
    tensorBy(drawn.dyView, dy, shape),
  );

  const {promises, smoothedPromises} = descriptionOf(tf.getBackend());
  const promise = options.labelSmoothing || options.zLoss ? smoothedPromises : promises;
  const {loss, backprop, backpropUnits} = oracle({logits, labels, numClasses, options});
  const rowOf = (i: number) => Math.floor(i / numClasses);
  // A row that is ignored is exactly 0, whatever comes from upstream.
  const want = backprop.map((value, i) => value * dy[rowOf(i)]);
  const units = want.map((_, i) => backpropUnits[rowOf(i)] * Math.abs(dy[rowOf(i)]));
  compare(value, {what: 'loss', want: loss, tolerance: promise.loss}, errors);
  compare(gradients[0], {what: 'gradient', want, tolerance: promise.gradient, units}, errors);
});
