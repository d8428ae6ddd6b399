/**
 * The checks of labels and logits with their messages, in TensorFlow's words.
 *
 * The order in which an op calls them is TensorFlow's too; see each op. They look at shapes and
 * dtypes only; check_label_values.ts looks at labels.
 */
import {Tensor, type TensorInfo, type TensorLike} from '@tensorflow/tfjs-core';

import {bracketed, describe} from './describe';
import {InvalidArgumentError, ValueError} from './errors';
import {hintForShapes, SWAPPED} from './shape_hints';
import {sizesOf} from './sizes';
import {flatten, floatsIn, isInt32} from './to_tensor';

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
  const received = `Received: labels.shape=${bracketed(labels.shape)}`;
  if (logits.shape.length === 0) {
    throw new ValueError(
      `\`logits\` cannot be a scalar. Received logits=${describe(logits)}` +
        (labels.shape.length === 1 ? `. ${SWAPPED}` : ''),
    );
  }
  if (labels.shape.length !== logits.shape.length - 1) {
    throw new ValueError(
      '`labels.shape.rank` must equal `logits.shape.rank - 1`. ' +
        `${received} of rank ${labels.shape.length} and ` +
        `logits.shape=${bracketed(logits.shape)} of rank ${logits.shape.length}. ` +
        hintForShapes(labels.shape, logits.shape),
    );
  }
  if (labels.shape.some((size, axis) => size !== logits.shape[axis])) {
    throw new ValueError(
      '`labels.shape` must equal `logits.shape` except for the last dimension. ' +
        `${received} and logits.shape=${bracketed(logits.shape)}. ` +
        hintForShapes(labels.shape, logits.shape),
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

/** TensorFlow's names of the dtypes that tf.js names otherwise. */
const TF_DTYPE: {[dtype: string]: string | undefined} = {float32: 'float'};

/**
 * The op: labels int32, logits float32, never cast. `labelsArgument` is what the caller passed, which
 * says more than the tensor made of it; `logitsName` is what the op calls its logits.
 */
export function checkDtypes(
  labelsArgument: Argument,
  labels: TensorInfo,
  logits: TensorInfo,
  logitsName = 'logits',
): void {
  if (logits.dtype !== 'float32') {
    throw new InvalidArgumentError(
      `Value for attr 'T' of ${logits.dtype} is not in the list of allowed values: float. ` +
        `\`${logitsName}\` must be float32, got ${describe(logits)}.` +
        castHint(logits, `tf.cast(${logitsName}, 'float32')`),
    );
  }
  if (labels.dtype !== 'int32') {
    throw new InvalidArgumentError(
      `Value for attr 'Tlabels' of ${TF_DTYPE[labels.dtype] ?? labels.dtype} is not in the list ` +
        `of allowed values: int32. \`labels\` must be int32 class ids, ` +
        gotLabels(labelsArgument, labels),
    );
  }
}

function gotLabels(argument: Argument, labels: TensorInfo): string {
  if (labels.dtype !== 'float32' || argument instanceof Tensor) {
    return `got ${describe(labels)}.${castHint(labels, "tf.cast(labels, 'int32')")}`;
  }
  const culprit = flatten(argument).find((label) => !isInt32(label));
  return culprit === undefined
    ? `got ${describe(floatsIn(argument))}. Int32Array.from(labels) makes int32 of it.`
    : `got the label ${culprit}. A class id is an integer that fits int32.`;
}

/** Of strings tf.cast makes nothing. */
function castHint({dtype}: TensorInfo, cast: string): string {
  return dtype === 'string' ? ' Class ids and logits are numbers.' : ` Cast with ${cast}.`;
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
