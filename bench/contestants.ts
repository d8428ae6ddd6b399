/** THE list: who is measured, in the order of the tables. */
import {losses, sparseSoftmaxCrossEntropyWithLogits} from 'tfjs-sparse-softmax-cross-entropy';

import {descriptionOf} from '../test/backends';
import type {ContestantName} from './contestant_names';
import type {Loss} from './loss';
import {expertIndexed, indexed} from './rivals/expert_indexed';
import {expertOneHot, oneHot} from './rivals/expert_one_hot';
import {expertSoftmax} from './rivals/expert_softmax';
import {layersSparseCategorical} from './rivals/layers_sparse_categorical';
import {logSoftmax} from './rivals/log_softmax';
import {loadNanogpt, nanogpt} from './rivals/nanogpt';
import {nativeOp} from './rivals/native_op';
import {onePass} from './rivals/one_pass';
import {smoothedSoftmaxCrossEntropy, softmaxCrossEntropy} from './rivals/softmax_cross_entropy';

export interface Contestant {
  readonly name: ContestantName;
  readonly description: string;
  readonly loss: Loss;
  /** The loss that it must agree with, if that is not ours. */
  readonly reference?: Loss;
  /** The largest relative distance from that: of the loss, and of the gradient as a vector. */
  readonly tolerance: {readonly loss: number; readonly gradient: number};
  /** The tables show only the fastest of the experts. */
  readonly isExpert?: true;
  /** Loads the packages of the loss, before its first call. */
  readonly load?: () => Promise<void>;
  /** Measured only where a backend's description adds it. */
  readonly isSpecial?: true;
}

const same = {loss: 1e-3, gradient: 1e-3};

/**
 * tf.layers clips: among 50257 classes four labels in ten are less likely than 1e-7, where it has a
 * smaller loss and no gradient. This tells it from something else altogether, and no more.
 */
const clipped = {loss: 0.1, gradient: 0.75};

/** No label is this one: the answer is the plain one, and every row is computed. */
const ignoreClass = -1;
const labelSmoothing = 0.1;

export const ours: Contestant = {
  name: 'ours',
  description: '`losses.sparseSoftmaxCrossEntropy(labels, logits)`',
  loss: (labels, logits) => losses.sparseSoftmaxCrossEntropy(labels, logits),
  tolerance: same,
};

export const contestants: readonly Contestant[] = [
  ours,
  {
    name: 'ours, ignoreClass',
    description: 'with `{ignoreClass: -1}`, which no label is, so that every row is computed',
    loss: (labels, logits) => losses.sparseSoftmaxCrossEntropy(labels, logits, 1, {ignoreClass}),
    tolerance: same,
  },
  {
    name: 'ours, labelSmoothing',
    description: 'with `{labelSmoothing: 0.1}`',
    loss: (labels, logits) => losses.sparseSoftmaxCrossEntropy(labels, logits, 1, {labelSmoothing}),
    reference: smoothedSoftmaxCrossEntropy(labelSmoothing),
    tolerance: same,
  },
  {
    name: 'ours, unreduced',
    description: '`sparseSoftmaxCrossEntropyWithLogits(labels, logits)`: a loss per row, no mean',
    loss: sparseSoftmaxCrossEntropyWithLogits,
    tolerance: same,
  },
  {
    name: 'ours, unreduced, ignoreClass',
    description: 'that with `{ignoreClass: -1}`',
    loss: (labels, logits) => sparseSoftmaxCrossEntropyWithLogits(labels, logits, {ignoreClass}),
    tolerance: same,
  },
  {
    name: 'ours, unreduced, labelSmoothing',
    description: 'that with `{labelSmoothing: 0.1}`',
    loss: (labels, logits) => sparseSoftmaxCrossEntropyWithLogits(labels, logits, {labelSmoothing}),
    reference: smoothedSoftmaxCrossEntropy(labelSmoothing),
    tolerance: same,
  },
  {
    name: '(n) tf.neg',
    description:
      'no loss but a measure for one: a pass over the logits, `tf.neg(logits)`; with the gradient, two',
    loss: onePass,
    tolerance: {loss: Infinity, gradient: Infinity},
  },
  {
    name: '(a) tf.losses',
    description: '`tf.losses.softmaxCrossEntropy(tf.oneHot(labels, classes), logits)`',
    loss: softmaxCrossEntropy,
    tolerance: same,
  },
  {
    name: '(b) tf.layers',
    description:
      "what a tf.layers model runs for `'sparseCategoricalCrossentropy'` after a softmax layer",
    loss: layersSparseCategorical,
    tolerance: clipped,
  },
  {
    name: '(c) tf.logSoftmax',
    description:
      '`tf.neg(tf.mean(tf.sum(tf.mul(tf.oneHot(labels, classes), tf.logSoftmax(logits)), -1)))`',
    loss: logSoftmax,
    tolerance: same,
  },
  {
    name: '(d1) expert, indexed',
    description:
      'a `tf.customGrad` from the fastest public ops we found, labels by `tf.gather` and ' +
      '`tf.tensorScatterUpdate`',
    loss: expertIndexed,
    tolerance: same,
    isExpert: true,
  },
  {
    name: '(d2) expert, one-hot',
    description: 'the same with labels by `tf.oneHot`, for few classes',
    loss: expertOneHot,
    tolerance: same,
    isExpert: true,
  },
  {
    name: '(d3) expert, softmax',
    description: 'on tensorflow, from one native `tf.softmax`, labels as in (d1)',
    loss: expertSoftmax(indexed),
    tolerance: same,
    isExpert: true,
    isSpecial: true,
  },
  {
    name: '(d4) expert, softmax, one-hot',
    description: 'the same with labels as in (d2)',
    loss: expertSoftmax(oneHot),
    tolerance: same,
    isExpert: true,
    isSpecial: true,
  },
  {
    name: '(e) nanogpt',
    description:
      'on cpu, webgl and webgpu, the loss with which the package `@genai-fi/nanogpt` trains GPTs: ' +
      '`createSoftmaxCrossEntropyWithGrad()(logits, labels)`, with two kernels of its own',
    loss: nanogpt,
    load: loadNanogpt,
    tolerance: same,
    isSpecial: true,
  },
  {
    name: 'the native op, bare',
    description: 'on tensorflow, the op called through the binding of tfjs-node: the floor',
    loss: nativeOp,
    tolerance: same,
    isSpecial: true,
  },
];

/** The contestants on a backend: all except those that its description leaves out. */
export function contestantsOn(backendName: string): readonly Contestant[] {
  const {adds = [], leavesOut = []} = descriptionOf(backendName).bench;
  return contestants.filter(
    ({name, isSpecial}) => (!isSpecial || adds.includes(name)) && !leavesOut.includes(name),
  );
}
