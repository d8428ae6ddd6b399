/**
 * Every check of an argument with its message, in TensorFlow's words.
 *
 * The order in which an op calls them is TensorFlow's too; see each op. They look at shapes and
 * dtypes only; check_label_values.ts looks at labels.
 */
import {Tensor, type TensorInfo, type TensorLike} from '@tensorflow/tfjs-core';

import {InvalidArgumentError, ValueError} from './errors';
import {sizesOf} from './sizes';
import {flatten, isInt32} from './to_tensor';

type Argument = Tensor | TensorLike | null | undefined;

/** tf.nn: "Both `labels` and `logits` must be provided". */
export function checkProvided(labels: Argument, logits: Argument): void {
  if (labels == null || logits == null) {
    throw new ValueError(
      'Both `labels` and `logits` must be provided for sparseSoftmaxCrossEntropyWithLogits. ' +
        `Received: labels=${describe(labels)} and logits=${describe(logits)}`,
    );
  }
}

/** tf.nn: labels have the shape of logits without its last dimension; nothing broadcasts. */
export function checkLabelsMatchLogits(labels: TensorInfo, logits: TensorInfo): void {
  const received = `Received: labels.shape=${shapeOf(labels)}`;
  if (logits.shape.length === 0) {
    throw new ValueError(`\`logits\` cannot be a scalar. Received logits=${describe(logits)}`);
  }
  if (labels.shape.length !== logits.shape.length - 1) {
    throw new ValueError(
      '`labels.shape.rank` must equal `logits.shape.rank - 1`. ' +
        `${received} of rank ${labels.shape.length} and ` +
        `logits.shape=${shapeOf(logits)} of rank ${logits.shape.length}. ` +
        hintForRanks(labels, logits),
    );
  }
  if (labels.shape.some((size, axis) => size !== logits.shape[axis])) {
    throw new ValueError(
      '`labels.shape` must equal `logits.shape` except for the last dimension. ' +
        `${received} and logits.shape=${shapeOf(logits)}`,
    );
  }
}

function hintForRanks(labels: TensorInfo, logits: TensorInfo): string {
  const {shape} = labels;
  return shape.length === logits.shape.length && shape[shape.length - 1] === 1
    ? 'tf.squeeze(labels, [-1]) takes their last dimension away.'
    : 'Labels are class ids, not one-hot (tf.argMax(labels, -1) makes ids), and come first.';
}

/** The raw op: exactly [batch, classes] and [batch]. */
export function checkMatrixAndVector(features: TensorInfo, labels: TensorInfo): void {
  if (features.shape.length !== 2) {
    throw new InvalidArgumentError(`logits must be 2-D, but got shape ${shapeOf(features)}`);
  }
  if (labels.shape.length !== 1) {
    throw new InvalidArgumentError(`labels must be 1-D, but got shape ${shapeOf(labels)}`);
  }
  if (features.shape[0] !== labels.shape[0]) {
    throw new InvalidArgumentError(
      'logits and labels must have the same first dimension, ' +
        `got logits shape ${shapeOf(features)} and labels shape ${shapeOf(labels)}`,
    );
  }
}

/** TensorFlow's names of the dtypes that tf.js names otherwise. */
const TF_DTYPE: {[dtype: string]: string | undefined} = {float32: 'float'};

/**
 * The op: labels int32, logits float32, never cast. `labelsArgument` is what the caller passed:
 * where it was a plain array, the message shows the label that is no int32.
 */
export function checkDtypes(
  labelsArgument: Argument,
  labels: TensorInfo,
  logits: TensorInfo,
): void {
  if (logits.dtype !== 'float32') {
    throw new InvalidArgumentError(
      `Value for attr 'T' of ${logits.dtype} is not in the list of allowed values: float. ` +
        `\`logits\` must be float32, got ${describe(logits)}. Cast with tf.cast(logits, 'float32').`,
    );
  }
  if (labels.dtype !== 'int32') {
    const culprit =
      labels.dtype === 'float32' && !(labelsArgument instanceof Tensor)
        ? `got the label ${flatten(labelsArgument).find((label) => !isInt32(label as number))}.`
        : `got ${describe(labels)}. Cast with tf.cast(labels, 'int32').`;
    throw new InvalidArgumentError(
      `Value for attr 'Tlabels' of ${TF_DTYPE[labels.dtype] ?? labels.dtype} is not in the list ` +
        `of allowed values: int32. \`labels\` must be int32 class ids, ${culprit}`,
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

function shapeOf({shape}: TensorInfo): string {
  return `[${shape}]`;
}

function describe(argument: Argument | TensorInfo): string {
  return isTensorInfo(argument)
    ? `${argument.dtype === 'int32' ? 'an' : 'a'} ${argument.dtype} tensor of shape ${shapeOf(argument)}`
    : String(argument);
}

function isTensorInfo(argument: Argument | TensorInfo): argument is TensorInfo {
  return typeof argument === 'object' && argument !== null && 'dataId' in argument;
}
