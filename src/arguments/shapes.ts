/** Checks the shapes of labels and logits in TensorFlow's order. A message starts with the cure. */
import {Tensor, type TensorInfo, type TensorLike} from '@tensorflow/tfjs-core';

import {InvalidArgumentError, ValueError} from '../errors';
import {sizesOf} from '../kernel_names';
import {bracketed, describe} from './describe';
import {checkDtypes} from './dtypes';

type Shape = readonly number[];

/** Labels and logits of an op or a loss, and what the caller passed for the labels. */
export interface LabelsAndLogits {
  readonly given: Tensor | TensorLike;
  readonly labels: TensorInfo;
  readonly logits: TensorInfo;
}

/** Everything that tf.nn and the op check, except the values of the labels. */
export function checkLabelsAndLogits({given, labels, logits}: LabelsAndLogits): void {
  checkShapesMatch(given, labels, logits);
  checkDtypes(given, labels, logits);
  checkHasClasses(logits);
}

/** tf.nn: labels have the shape of logits without its last dimension; nothing broadcasts. */
function checkShapesMatch(given: unknown, labels: TensorInfo, logits: TensorInfo): void {
  const [L, X] = [labels.shape, logits.shape];
  const rankOf = (shape: Shape) => `${bracketed(shape)} of rank ${shape.length}`;
  if (X.length === 0) {
    throw new ValueError(
      (L.length === 1 ? `${SWAPPED} ` : '') +
        `\`logits\` cannot be a scalar. Received logits=${describe(logits)}`,
    );
  }
  if (L.length !== X.length - 1) {
    throw new ValueError(
      `${cureFor(L, X, given instanceof Tensor)} ` +
        '`labels.shape.rank` must equal `logits.shape.rank - 1`. ' +
        `Received: labels.shape=${rankOf(L)} and logits.shape=${rankOf(X)}.`,
    );
  }
  if (L.some((size, axis) => size !== X[axis])) {
    throw new ValueError(
      `${cureFor(L, X, given instanceof Tensor)} ` +
        '`labels.shape` must equal `logits.shape` except for the last dimension. ' +
        `Received: labels.shape=${bracketed(L)} and logits.shape=${bracketed(X)}.`,
    );
  }
}

/** The raw op: exactly [batch, classes] and [batch]. */
export function checkMatrixAndVector(features: TensorInfo, labels: TensorInfo): void {
  if (features.shape.length !== 2) {
    throw new InvalidArgumentError(
      `logits must be 2-D, but got shape ${bracketed(features.shape)}`,
    );
  }
  if (labels.shape.length !== 1) {
    throw new InvalidArgumentError(`labels must be 1-D, but got shape ${bracketed(labels.shape)}`);
  }
  if (features.shape[0] !== labels.shape[0]) {
    throw new InvalidArgumentError(
      'logits and labels must have the same first dimension, ' +
        `got logits shape ${bracketed(features.shape)} and labels shape ${bracketed(labels.shape)}`,
    );
  }
}

/** The op: at least one class, also where the batch is empty. */
export function checkHasClasses(logits: TensorInfo): void {
  const {batch, numClasses} = sizesOf(logits);
  if (numClasses === 0) {
    throw new InvalidArgumentError(
      `Must have at least one class, but got logits shape [${batch},0]`,
    );
  }
}

const SWAPPED = 'Pass the labels first: the two look swapped.';

/** The likeliest mistake comes first. The calls in the message work for arrays too. */
function cureFor(labels: Shape, logits: Shape, labelsAreTensor: boolean): string {
  const wanted = logits.slice(0, -1);
  // For an array, tf.js's ops return float32.
  const make = (call: string) => (labelsAreTensor ? call : `tf.cast(${call}, 'int32')`);
  if (isSame(labels.slice(0, -1), logits)) return SWAPPED;
  if (labels.length > 0 && logits.length === 1 && logits[0] % sizeOf(labels) === 0) {
    const shape = code([...labels, logits[0] / sizeOf(labels)]);
    const call =
      labels.length === 1 ? `tf.tensor2d(logits, ${shape})` : `tf.reshape(logits, ${shape})`;
    return `Give the logits a row for each label: ${call}.`;
  }
  if (labels.length === logits.length && labels[labels.length - 1] === 1) {
    return `Drop the last dimension of the labels: ${make('tf.squeeze(labels, [-1])')}.`;
  }
  if (isSame([logits[0], ...logits.slice(2)], labels)) {
    const order = [0, ...logits.slice(2).map((_, i) => i + 2), 1];
    return `Classes come last: tf.transpose(logits, ${code(order)}).`;
  }
  if (sizeOf(labels) === sizeOf(wanted)) {
    const call = isSame([...labels].reverse(), wanted)
      ? 'tf.transpose(labels)'
      : `tf.reshape(labels, ${code(wanted)})`;
    return `Give the labels the shape ${bracketed(wanted)}: ${make(call)}.`;
  }
  if (labels.length === logits.length) {
    return 'Make class ids of one-hot labels: tf.argMax(labels, -1).';
  }
  const isPrefix = labels.length < wanted.length && labels.every((size, i) => size === wanted[i]);
  return isPrefix
    ? `Give every position a label: labels of shape ${bracketed(wanted)}. ` +
        'For one label an example, pick the logits of one position.'
    : `Give the labels the shape ${bracketed(wanted)}: a class id for each row of logits.`;
}

function isSame(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, i) => size === b[i]);
}

function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** A shape as JavaScript writes it. */
function code(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}
