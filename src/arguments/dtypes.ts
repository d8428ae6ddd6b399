/** The dtypes of labels and logits: the op casts neither. */
import {Tensor, type TensorInfo, type TensorLike} from '@tensorflow/tfjs-core';

import {InvalidArgumentError} from '../errors';
import {describe} from './describe';
import {flatten, floatsIn, isInt32} from './to_tensor';

/** TensorFlow's names of dtypes, where tf.js has others. */
const TF_DTYPE: {[dtype: string]: string | undefined} = {float32: 'float'};

/**
 * Labels are int32, logits float32. `given` is what the caller passed as labels, for a better
 * message. `logitsName` is the op's name for its logits.
 */
export function checkDtypes(
  given: Tensor | TensorLike,
  labels: TensorInfo,
  logits: TensorInfo,
  logitsName = 'logits',
): void {
  if (logits.dtype !== 'float32') {
    throw new InvalidArgumentError(
      `${castCure(logits, `tf.cast(${logitsName}, 'float32')`)} ` +
        `Value for attr 'T' of ${logits.dtype} is not in the list of allowed values: float. ` +
        `\`${logitsName}\` must be float32, got ${describe(logits)}.`,
    );
  }
  if (labels.dtype !== 'int32') {
    const {cure, got} = describeLabels(given, labels);
    throw new InvalidArgumentError(
      `${cure} Value for attr 'Tlabels' of ${TF_DTYPE[labels.dtype] ?? labels.dtype} is not in ` +
        `the list of allowed values: int32. \`labels\` must be int32 class ids, got ${got}.`,
    );
  }
}

function describeLabels(
  given: Tensor | TensorLike,
  labels: TensorInfo,
): {cure: string; got: string} {
  if (labels.dtype !== 'float32' || given instanceof Tensor) {
    return {cure: castCure(labels, "tf.cast(labels, 'int32')"), got: describe(labels)};
  }
  const culprit = flatten(given).find((label) => !isInt32(label));
  return culprit === undefined
    ? {
        cure: 'Convert the labels with Int32Array.from(labels).',
        got: describe(floatsIn(given)),
      }
    : {cure: 'A class id is an integer that fits int32.', got: `the label ${culprit}`};
}

/** tf.cast cannot convert strings. */
function castCure({dtype}: TensorInfo, cast: string): string {
  return dtype === 'string' ? 'Class ids and logits are numbers.' : `Cast with ${cast}.`;
}
