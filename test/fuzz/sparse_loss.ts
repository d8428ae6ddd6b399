/** losses.sparseSoftmaxCrossEntropy, and its gradients for logits and weights. */
import fc from 'fast-check';

import {losses} from '../../src/index';
import {oracle} from '../helpers/oracle';
import {reductionOracle} from '../helpers/reduction_oracle';
import {compare} from './compare';
import {anyRows, evenly} from './logits';
import {optionsFor} from './options';
import {fuzzProperty} from './property';
import {arrayOf} from './rows';
import {runCall} from './run_call';
import {tensorBy, view} from './views';
import {perWeight, weightIndices, weightsFor} from './weights';

const {Reduction} = losses;

/** docs/numerics.md. */
const TOLERANCE = {scaled: 4e-6};

const cases = anyRows().chain((rows) =>
  fc.record({
    rows: fc.constant(rows),
    options: optionsFor(rows.numClasses),
    weights: weightsFor(rows.shape),
    reduction: fc.constantFrom(...new Set(Reduction.all())),
    dy: arrayOf(evenly(3), rows.labels.length || 1),
    /** [..., 1], which the loss squeezes. */
    hasLastDim: fc.boolean(),
    logitsView: view,
    labelsView: view,
    weightsView: view,
  }),
);

export const sparseLoss = fuzzProperty('the loss', cases, async (drawn, errors) => {
  const {rows, options, weights, reduction, dy} = drawn;
  const {shape, numClasses, logits, labels} = rows;
  const labelsShape = drawn.hasLastDim ? [...shape, 1] : shape;
  const $labels = tensorBy(drawn.labelsView, labels, labelsShape, 'int32');
  const dyShape = reduction === Reduction.NONE ? shape : [];
  const dyValues = reduction === Reduction.NONE ? dy.slice(0, labels.length) : dy.slice(0, 1);
  const {value, gradients} = await runCall(
    (x, w) => losses.sparseSoftmaxCrossEntropy($labels, x, w, {...options, reduction}),
    [
      tensorBy(drawn.logitsView, logits, [...shape, numClasses]),
      tensorBy(drawn.weightsView, weights.values, weights.shape),
    ],
    tensorBy('plain', dyValues, dyShape),
  );

  const isIgnored = (i: number) => labels[i] === options.ignoreClass;
  const indices = weightIndices(weights, shape);
  const want = oracle({logits, labels, numClasses, options});
  const reduced = reductionOracle(
    {losses: want.loss, weights: indices.map((w, i) => (isIgnored(i) ? 0 : weights.values[w]))},
    reduction,
    dyValues,
  );
  const rowOf = (i: number) => Math.floor(i / numClasses);
  const perCounted = (values: readonly number[]) =>
    perWeight(values.map((value, i) => (isIgnored(i) ? 0 : value)), indices, weights.values.length); // prettier-ignore
  compare(
    value,
    {what: 'weighted loss', want: reduced.value, units: reduced.valueUnits, tolerance: TOLERANCE},
    errors,
  );
  compare(
    gradients[0],
    {
      what: 'weighted gradients',
      part: 'logits',
      want: want.backprop.map((g, i) => (isIgnored(rowOf(i)) ? 0 : g * reduced.dlosses[rowOf(i)])),
      units: want.backprop.map((_, i) => Math.abs(reduced.dlosses[rowOf(i)])),
      tolerance: TOLERANCE,
    },
    errors,
  );
  compare(
    gradients[1],
    {
      what: 'weighted gradients',
      part: 'weights',
      want: perCounted(reduced.dweights),
      units: perCounted(reduced.dweightsUnits),
      tolerance: TOLERANCE,
    },
    errors,
  );
});
