/** The values of labels: which of them the op refuses, and how many are not ignored. */
import {engine, env, type TensorInfo, util} from '@tensorflow/tfjs-core';

import {InvalidArgumentError} from '../errors';
import {isInt32} from './to_tensor';

/** TensorFlow prints all labels. A long batch would hide the cure. */
const MAX_LABELS_SHOWN = 100;

/**
 * The label check of backends that hold labels in main memory: each is an integer in [0,
 * numClasses), except `ignoreClass`. The engine reads them, because another backend may hold them.
 *
 * @throws InvalidArgumentError that names the smallest label if it is negative, else the largest.
 */
export function refuseLabels(labels: TensorInfo, numClasses: number, ignoreClass?: number): void {
  checkLabelValues(valuesOf(labels), labels.shape, numClasses, ignoreClass);
}

/**
 * The label check of backends that hold labels on a GPU. Reading them waits for the GPU, so it runs
 * only in debug mode, which `tf.enableDebugMode()` starts.
 *
 * @throws InvalidArgumentError as `refuseLabels`.
 */
export function refuseLabelsInDebugMode(
  labels: TensorInfo,
  numClasses: number,
  ignoreClass?: number,
): void {
  if (env().getBool('DEBUG')) refuseLabels(labels, numClasses, ignoreClass);
}

/** Counts the labels that are not `ignoreClass`, for backends that hold labels in main memory. */
export function countLabels(labels: TensorInfo, ignoreClass: number): number {
  const values = valuesOf(labels);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== ignoreClass) count++;
  }
  return count;
}

/** Labels are float32 only if they come from tf.layers. */
type LabelValues = Int32Array | Float32Array;

function valuesOf({dataId}: TensorInfo): LabelValues {
  return engine().readSync(dataId) as LabelValues;
}

/** @throws InvalidArgumentError for a label that is no class and is not ignored. */
export function checkLabelValues(
  labels: LabelValues,
  shape: number[],
  numClasses: number,
  ignoreClass?: number,
): void {
  if (labels instanceof Int32Array && allInRange(labels, numClasses, ignoreClass)) return;
  const message = describeBadLabel(labels, shape, numClasses, ignoreClass);
  if (message !== undefined) throw new InvalidArgumentError(message);
}

/** Runs ten times as fast as the search below. -1 >>> 0 is larger than any class. */
function allInRange(labels: Int32Array, numClasses: number, ignoreClass?: number): boolean {
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] >>> 0 >= numClasses && labels[i] !== ignoreClass) return false;
  }
  return true;
}

/** The message for labels that are refused; undefined if none is. */
export function describeBadLabel(
  labels: LabelValues,
  shape: number[],
  numClasses: number,
  ignoreClass?: number,
): string | undefined {
  let [min, max] = [0, 0];
  for (const label of labels) {
    if (label === ignoreClass) continue;
    if (!isInt32(label)) {
      return `Labels must be class ids, integers in [0, ${numClasses}), got ${label}.`;
    }
    if (label < min) min = label;
    if (label > max) max = label;
  }
  if (min >= 0 && max < numClasses) return undefined;
  const culprit = min < 0 ? min : max;
  const index = util.indexToLoc(labels.indexOf(culprit), shape.length, util.computeStrides(shape));
  const more = labels.length - MAX_LABELS_SHOWN;
  return (
    `${paddingCure(culprit, ignoreClass)}The label at [${index.join(', ')}] is no class. ` +
    `Received a label value of ${culprit} which is outside the valid range of ` +
    `[0, ${numClasses}).  Label values: ${labels.slice(0, MAX_LABELS_SHOWN).join(' ')}` +
    (more > 0 ? ` ... (${more} more)` : '')
  );
}

/** A negative label usually marks padding, above all -1 and PyTorch's -100. */
function paddingCure(label: number, ignoreClass?: number): string {
  if (label >= 0) return '';
  return ignoreClass === undefined
    ? `If ${label} marks padding, pass the option {ignoreClass: ${label}}. `
    : `Mark padding with ${ignoreClass}, the ignoreClass. `;
}
