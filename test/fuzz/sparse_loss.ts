/**
 * losses.sparseSoftmaxCrossEntropy, and its gradients for logits, weights and the classes' weights.
 */
import fc from 'fast-check';

import {losses} from '../../src/index';
import {oracle} from '../helpers/oracle';
import {reductionOracle} from '../helpers/reduction_oracle';
import {compare} from './compare';
import {anyRows, evenly} from './logits';
import {optionsFor} from './options';
import {fuzzProperty} from './property';
import {rowWeights, rowWeightSizes} from './row_weights';
import {arrayOf} from './rows';
import {runCall} from './run_call';
import {tensorBy, view} from './views';
import {classWeightsFor, weightIndices, weightsFor} from './weights';

const {Reduction} = losses;

/** docs/numerics.md. */
const TOLERANCE = {scaled: 4e-6};

const cases = anyRows().chain((rows) =>
  fc.record({
    rows: fc.constant(rows),
    options: optionsFor(rows),
    weights: weightsFor(rows.shape),
    classWeights: classWeightsFor(rows.numClasses),
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
  const {rows, options, weights, classWeights, reduction, dy} = drawn;
  const {shape, numClasses, logits, labels} = rows;
  const labelsShape = drawn.hasLastDim ? [...shape, 1] : shape;
  const $labels = tensorBy(drawn.labelsView, labels, labelsShape, 'int32');
  const isNone = reduction === Reduction.NONE;
  const dyValues = dy.slice(0, isNone ? labels.length : 1);
  const {value, gradients} = await runCall(
    (x, w, ...c) =>
      losses.sparseSoftmaxCrossEntropy($labels, x, w, {...options, reduction, classWeights: c[0]}),
    [
      tensorBy(drawn.logitsView, logits, [...shape, numClasses]),
      tensorBy(drawn.weightsView, weights.values, weights.shape),
      ...(classWeights ? [tensorBy('plain', classWeights, [numClasses])] : []),
    ],
    tensorBy('plain', dyValues, isNone ? shape : []),
  );

  const want = oracle({logits, labels, numClasses, options});
  const ofRows = {
    labels,
    ignoreClass: options.ignoreClass,
    weights,
    indices: weightIndices(weights, shape),
    classWeights,
  };
  const {ofLabels, toWeights, toClasses} = rowWeights(ofRows);
  const sizes = rowWeightSizes(ofRows);
  const reduced = reductionOracle({losses: want.loss, weights: ofLabels}, reduction, dyValues);
  const {dlosses, dweights, dweightsUnits} = reduced;
  const rowOf = (i: number) => Math.floor(i / numClasses);
  const isIgnored = (i: number) => labels[rowOf(i)] === options.ignoreClass;
  const check = (part: string, got: ArrayLike<number>, want: number[], units: number[]) =>
    compare(got, {what: 'weighted gradients', part, want, units, tolerance: TOLERANCE}, errors);
  compare(
    value,
    {what: 'weighted loss', want: reduced.value, units: reduced.valueUnits, tolerance: TOLERANCE},
    errors,
  );
  check(
    'logits',
    gradients[0],
    want.backprop.map((g, i) => (isIgnored(i) ? 0 : g * dlosses[rowOf(i)])),
    want.backprop.map((_, i) => want.backpropUnits[rowOf(i)] * Math.abs(dlosses[rowOf(i)])),
  );
  check('weights', gradients[1], toWeights(dweights), sizes.toWeights(dweightsUnits));
  if (classWeights) {
    check('classes', gradients[2], toClasses(dweights), sizes.toClasses(dweightsUnits));
  }
});
