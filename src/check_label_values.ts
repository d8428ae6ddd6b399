import {util} from '@tensorflow/tfjs-core';

import {InvalidArgumentError} from './errors';
import {isInt32} from './to_tensor';

/** Labels to print of a long batch; TensorFlow prints them all. */
const MAX_LABELS_SHOWN = 100;

/**
 * The op: every label an integer in [0, numClasses), but for `ignoreClass`. Only tf.layers hands in
 * labels of float32. Reports the smallest label if it is negative, otherwise the largest.
 */
export function checkLabelValues(
  labels: Int32Array | Float32Array,
  numClasses: number,
  ignoreClass?: number,
): void {
  let min = 0;
  let max = 0;
  if (labels instanceof Int32Array && allInRange(labels, numClasses, ignoreClass)) return;
  for (const label of labels) {
    if (label === ignoreClass) continue;
    if (!isInt32(label)) {
      throw new InvalidArgumentError(
        `Labels must be class ids, integers in [0, ${numClasses}), got ${label}.`,
      );
    }
    if (label < min) min = label;
    if (label > max) max = label;
  }
  if (min < 0 || max >= numClasses) {
    const culprit = min < 0 ? min : max;
    const more = labels.length - MAX_LABELS_SHOWN;
    throw new InvalidArgumentError(
      `Received a label value of ${culprit} which is outside the valid range of ` +
        `[0, ${numClasses}).  Label values: ${labels.slice(0, MAX_LABELS_SHOWN).join(' ')}` +
        (more > 0 ? ` ... (${more} more)` : '') +
        `. It is element ${labels.indexOf(culprit)}, counted from 0.${paddingHint(culprit, ignoreClass)}`,
    );
  }
}

/** What is wrong with the first label outside [0, numClasses) that is not ignored, and where it is. */
export function firstBadLabel(
  labels: Int32Array | Float32Array,
  shape: number[],
  numClasses: number,
  ignoreClass?: number,
): string | undefined {
  const isBad = (label: number) => label !== ignoreClass && !(label >= 0 && label < numClasses);
  const index = labels.findIndex(isBad);
  if (index < 0) return undefined;
  const position = util.indexToLoc(index, shape.length, util.computeStrides(shape));
  return (
    `Received a label value of ${labels[index]} at position [${position.join(', ')}] which is ` +
    `outside the valid range of [0, ${numClasses}).`
  );
}

/** The usual case at a tenth of the time: one kind of array, one comparison. -1 >>> 0 is large. */
function allInRange(labels: Int32Array, numClasses: number, ignoreClass?: number): boolean {
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] >>> 0 >= numClasses && labels[i] !== ignoreClass) return false;
  }
  return true;
}

/** Padding is marked by a label below 0 where it is, by -1 and PyTorch's -100 above all. */
function paddingHint(label: number, ignoreClass?: number): string {
  if (label >= 0) return '';
  return ignoreClass === undefined
    ? ` If it marks what does not count, as padding, pass {ignoreClass: ${label}} to sparseSoftmaxCrossEntropyWithLogits or to a loss.`
    : ` What does not count is labelled ${ignoreClass}, the ignoreClass.`;
}
