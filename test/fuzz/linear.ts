/** losses.linearSparseSoftmaxCrossEntropy, and its gradients for inputs, kernel, bias and weights. */
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
import {arrayOf} from './rows';
import {runCall} from './run_call';
import {tensorBy, view} from './views';
import {perWeight, weightsFor} from './weights';

const {Reduction} = losses;

/** Of matrix products in float32: what docs/design.md promises. */
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
    options: optionsFor(numClasses),
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
  const {value, gradients} = await runCall(
    (x, kernel, weights, ...bias) =>
      losses.linearSparseSoftmaxCrossEntropy($labels, x, kernel, weights, {
        ...options,
        reduction,
        transposeKernel,
        chunkSize,
        bias: bias[0],
      }),
    [
      tensorBy(drawn.inputsView, drawn.inputs, [batch, units]),
      tensorBy(drawn.kernelView, kernel, kernelShape),
      tensorBy('plain', drawn.weights.values, drawn.weights.shape),
      ...(drawn.bias ? [tensorBy('plain', bias, [numClasses])] : []),
    ],
    tf.scalar(dy),
  );

  const perRow = drawn.labels.map((_, i) => i % drawn.weights.values.length);
  const weights = perRow.map((w, i) =>
    drawn.labels[i] === options.ignoreClass ? 0 : drawn.weights.values[w],
  );
  const rows: LinearRows = {...drawn, bias, weights};
  const denominator = denominatorOf(weights, reduction);
  const isMean = reduction === Reduction.MEAN;
  const want = linearOracle(rows, isMean ? reduction : denominator);
  const {gradients: wanted} = want;
  const ofEachInput = {
    inputs: wanted.inputs,
    kernel: transposeKernel ? transpose(wanted.kernel, numClasses) : wanted.kernel,
    weights: perWeight(wanted.weights, perRow, drawn.weights.values.length),
    bias: wanted.bias,
  };
  const sizes = linearUnits(rows, denominator);
  compare(
    value,
    {what: 'linear loss', want: [want.loss], units: [sizes.loss], tolerance: TOLERANCE},
    errors,
  );
  (['inputs', 'kernel', 'weights', 'bias'] as const).forEach((part, i) => {
    if (part === 'bias' && !drawn.bias) return;
    const timesDy = ofEachInput[part].map((gradient) => gradient * dy);
    const units = timesDy.map(() => sizes[part] * Math.abs(dy));
    const what = 'linear gradients';
    compare(gradients[i], {what, part, want: timesDy, units, tolerance: TOLERANCE}, errors);
  });
});

/** [rows, columns] to [columns, rows]. */
function transpose(values: readonly number[], columns: number): number[] {
  const rows = values.length / columns;
  return values.map((_, i) => values[(i % rows) * columns + Math.floor(i / rows)]);
}
