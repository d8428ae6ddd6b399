/**
 * losses.linearSparseSoftmaxCrossEntropy, and its gradients for inputs, kernel, bias and weights of
 * both kinds.
 */
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

import {losses} from '../../src/index';
import {linearOracle, type LinearRows} from '../helpers/linear_oracle';
import {denominatorOf} from '../helpers/reduction_oracle';
import {compare} from './compare';
import {linearUnits} from './linear_units';
import {evenly} from './logits';
import {optionsFor} from './options';
import {fuzzProperty} from './property';
import {rowWeights} from './row_weights';
import {arrayOf} from './rows';
import {runCall} from './run_call';
import {tensorBy, view} from './views';
import {classWeightsFor, weightIndices, weightsFor} from './weights';

const {Reduction} = losses;

/** For matrix products in float32; docs/numerics.md promises it. */
const TOLERANCE = {scaled: 1e-5};

/** Batch, units and classes. */
const LAYERS = [[1, 1, 1], [1, 3, 5], [9, 4, 2], [13, 8, 33], [17, 5, 11], [3, 2, 257]] as const; // prettier-ignore

const cases = fc.constantFrom(...LAYERS).chain(([batch, units, numClasses]) =>
  fc.record({
    batch: fc.constant(batch),
    units: fc.constant(units),
    numClasses: fc.constant(numClasses),
    inputs: arrayOf(evenly(3), batch * units),
    kernel: arrayOf(evenly(2), units * numClasses),
    bias: fc.option(arrayOf(evenly(3), numClasses), {nil: undefined}),
    labels: arrayOf(fc.nat(numClasses - 1), batch),
    weights: weightsFor([batch]),
    classWeights: classWeightsFor(numClasses),
    options: optionsFor({numClasses, logits: []}),
    dy: evenly(3),
    reduction: fc.constantFrom(...Reduction.all().filter((key) => key !== Reduction.NONE)),
    chunkSize: fc.constantFrom(undefined, 1, 4, 64),
    transposeKernel: fc.boolean(),
    inputsView: view,
    kernelView: view,
    labelsView: view,
  }),
);

export const linear = fuzzProperty('the fused linear loss', cases, async (drawn, errors) => {
  const {batch, units, numClasses, options, reduction, transposeKernel, chunkSize, dy} = drawn;
  const $labels = tensorBy(drawn.labelsView, drawn.labels, [batch], 'int32');
  const bias = drawn.bias ?? new Array<number>(numClasses).fill(0);
  const kernelShape = transposeKernel ? [numClasses, units] : [units, numClasses];
  const kernel = transposeKernel ? transpose(drawn.kernel, numClasses) : drawn.kernel;
  const extra = {bias: drawn.bias, classWeights: drawn.classWeights};
  const extraNames = (['bias', 'classWeights'] as const).filter((name) => extra[name]);
  const {value, gradients} = await runCall(
    (x, kernel, weights, ...rest) =>
      losses.linearSparseSoftmaxCrossEntropy($labels, x, kernel, weights, {
        ...options,
        reduction,
        transposeKernel,
        chunkSize,
        ...Object.fromEntries(extraNames.map((name, i) => [name, rest[i]])),
      }),
    [
      tensorBy(drawn.inputsView, drawn.inputs, [batch, units]),
      tensorBy(drawn.kernelView, kernel, kernelShape),
      tensorBy('plain', drawn.weights.values, drawn.weights.shape),
      ...extraNames.map((name) => tensorBy('plain', extra[name]!, [numClasses])),
    ],
    tf.scalar(dy),
  );

  const {ofLabels, toWeights, toClasses} = rowWeights({
    labels: drawn.labels,
    ignoreClass: options.ignoreClass,
    weights: drawn.weights,
    indices: weightIndices(drawn.weights, [batch]),
    classWeights: drawn.classWeights,
  });
  const rows: LinearRows = {...drawn, bias, weights: ofLabels};
  const denominator = denominatorOf(ofLabels, reduction);
  const want = linearOracle(rows, reduction === Reduction.MEAN ? reduction : denominator);
  const {gradients: wanted} = want;
  const ofEachInput = {
    ...wanted,
    kernel: transposeKernel ? transpose(wanted.kernel, numClasses) : wanted.kernel,
    weights: toWeights(wanted.weights),
    classWeights: toClasses(wanted.weights),
  };
  const sizes = linearUnits(rows, denominator);
  // Weights of both kinds are at most 5.
  const sizeOf = {...sizes, weights: 5 * sizes.weights, classWeights: 5 * sizes.weights};
  compare(
    value,
    {what: 'linear loss', want: [want.loss], units: [sizes.loss], tolerance: TOLERANCE},
    errors,
  );
  (['inputs', 'kernel', 'weights', ...extraNames] as const).forEach((part, i) => {
    const timesDy = ofEachInput[part].map((gradient) => gradient * dy);
    const units = timesDy.map(() => sizeOf[part] * Math.abs(dy));
    const what = 'linear gradients';
    compare(gradients[i], {what, part, want: timesDy, units, tolerance: TOLERANCE}, errors);
  });
});

/** [rows, columns] to [columns, rows]. */
function transpose(values: readonly number[], columns: number): number[] {
  const rows = values.length / columns;
  return values.map((_, i) => values[(i % rows) * columns + Math.floor(i / rows)]);
}
