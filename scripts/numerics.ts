/**
 * npm run numerics: the worst error of the cpu backend on every named case, into docs/numerics.md.
 *
 * The table is the evidence for what the tests promise: loss within 1 ulp, gradient within 2.
 */
import * as tf from '@tensorflow/tfjs';
import {markdownTable} from 'markdown-table';

import {sparseSoftmaxCrossEntropyWithLogits} from '../src/index';
import {type Case, finiteCases} from '../test/helpers/cases';
import {ulpDistance} from '../test/helpers/matchers';
import {oracle} from '../test/helpers/oracle';
import {writeBetweenMarks} from './write_between_marks';

type Op = (labels: tf.Tensor1D, logits: tf.Tensor) => tf.Tensor;

const ours: Op = sparseSoftmaxCrossEntropyWithLogits;

/** What tf.js users run today. tf.oneHot needs two classes. */
const oneHot: Op = (labels, logits) =>
  tf.losses.softmaxCrossEntropy(
    tf.oneHot(labels, logits.shape[1]!),
    logits,
    undefined,
    0,
    tf.Reduction.NONE,
  );

/** The largest distance in ulp and in absolute terms, of loss and gradient. */
function worst(op: Op, {logits, labels, batch, numClasses}: Case) {
  return tf.tidy(() => {
    const $labels = tf.tensor1d(labels, 'int32');
    const x = tf.tensor2d(logits, [batch, numClasses]);
    const {value, grad} = tf.valueAndGrad((x: tf.Tensor) => op($labels, x))(x);
    const want = oracle({logits, labels, numClasses});
    return {
      loss: largest(value.dataSync(), want.loss),
      gradient: largest(grad.dataSync(), want.backprop),
    };
  });
}

function largest(got: ArrayLike<number>, want: number[]): {ulp: number; absolute: number} {
  let ulp = 0;
  let absolute = 0;
  want.forEach((value, i) => {
    ulp = Math.max(ulp, ulpDistance(got[i], value));
    absolute = Math.max(absolute, Math.abs(got[i] - value));
  });
  return {ulp, absolute};
}

function show({ulp, absolute}: {ulp: number; absolute: number}): string {
  return `${ulp < 100 ? ulp.toFixed(2) : ulp.toExponential(1)} (${absolute.toExponential(1)})`;
}

await tf.setBackend('cpu');
const rows = finiteCases.map((testCase) => {
  const our = worst(ours, testCase);
  const theirs = testCase.numClasses > 1 ? worst(oneHot, testCase) : undefined;
  return [
    testCase.name,
    show(our.loss),
    show(our.gradient),
    theirs ? show(theirs.loss) : 'throws',
    theirs ? show(theirs.gradient) : 'throws',
  ];
});
const table = markdownTable(
  [['case', 'loss', 'gradient', 'one-hot loss', 'one-hot gradient'], ...rows],
  {align: ['l', 'r', 'r', 'r', 'r']},
);

await writeBetweenMarks('docs/numerics.md', 'numerics', table);
console.log(table);
