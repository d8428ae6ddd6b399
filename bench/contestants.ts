/** THE list: who is measured, in the order of the tables. */
import {losses, sparseSoftmaxCrossEntropyWithLogits} from 'tfjs-sparse-softmax-cross-entropy';

import {loadNanogpt, nanogpt} from '../test/helpers/nanogpt';
import {expert} from './rivals/expert';
import {indexed, oneHot} from './rivals/expert_labels';
import {expertSoftmax} from './rivals/expert_softmax';
import {nativeOp, onePass} from './rivals/floors';
import {layersSparseCategorical} from './rivals/layers_sparse_categorical';
import {logSoftmax, smoothedSoftmaxCrossEntropy, softmaxCrossEntropy} from './rivals/public_losses';
import type {Loss} from './shapes';

export type ContestantName =
  | 'ours'
  | 'ours, ignoreClass'
  | 'ours, labelSmoothing'
  | 'ours, unreduced'
  | 'ours, unreduced, ignoreClass'
  | 'ours, unreduced, labelSmoothing'
  | '(n) tf.neg'
  | '(a) tf.losses'
  | '(b) tf.layers'
  | '(c) tf.logSoftmax'
  | '(d1) expert, indexed'
  | '(d2) expert, one-hot'
  | '(d3) expert, softmax'
  | '(d4) expert, softmax, one-hot'
  | '(e) nanogpt'
  | 'the native op, bare';

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
  /** The only backends where it makes sense. */
  readonly only?: readonly string[];
  /** Backends where it cannot run, or takes time with the square of the batch. */
  readonly except?: readonly string[];
  /** Backends where it computes something else, and is not compared. */
  readonly differsOn?: readonly string[];
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
    loss: (labels, logits) => losses.sparseSoftmaxCrossEntropy(labels, logits, {ignoreClass}),
    tolerance: same,
  },
  {
    name: 'ours, labelSmoothing',
    description: 'with `{labelSmoothing: 0.1}`',
    loss: (labels, logits) => losses.sparseSoftmaxCrossEntropy(labels, logits, {labelSmoothing}),
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
    differsOn: ['webgl'], // It clips probabilities at 1e-4 there.
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
    loss: expert(indexed),
    tolerance: same,
    isExpert: true,
    // On webgl tf.tensorScatterUpdate reads all updates for every element. On webgpu both experts
    // wait for a number, which tf.js reads by way of a canvas. Chromium without a GPU has none for
    // WebGPU, and loses the device.
    except: ['webgl', 'webgpu'],
  },
  {
    name: '(d2) expert, one-hot',
    description: 'the same with labels by `tf.oneHot`, for few classes',
    loss: expert(oneHot),
    tolerance: same,
    isExpert: true,
    except: ['webgpu'],
  },
  {
    name: '(d3) expert, softmax',
    description: 'on tensorflow, from one native `tf.softmax`, labels as in (d1)',
    loss: expertSoftmax(indexed),
    tolerance: same,
    isExpert: true,
    only: ['wasm', 'tensorflow', 'webgpu'],
  },
  {
    name: '(d4) expert, softmax, one-hot',
    description: 'the same with labels as in (d2)',
    loss: expertSoftmax(oneHot),
    tolerance: same,
    isExpert: true,
    only: ['wasm', 'tensorflow'],
  },
  {
    name: '(e) nanogpt',
    description:
      'on cpu, webgl and webgpu, the loss with which the package `@genai-fi/nanogpt` trains GPTs: ' +
      '`createSoftmaxCrossEntropyWithGrad()(logits, labels)`, with two kernels of its own',
    loss: nanogpt,
    load: loadNanogpt,
    tolerance: same,
    only: ['cpu', 'webgl', 'webgpu'],
  },
  {
    name: 'the native op, bare',
    description: 'on tensorflow, the op called through the binding of tfjs-node: the floor',
    loss: nativeOp,
    tolerance: same,
    only: ['tensorflow'],
  },
];

/** The contestants on a backend. */
export function contestantsOn(backendName: string): readonly Contestant[] {
  return contestants.filter(
    ({only, except}) => (only?.includes(backendName) ?? true) && !except?.includes(backendName),
  );
}
