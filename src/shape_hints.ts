/** What to do where the shapes of labels and logits do not match. */
import {bracketed} from './describe';

type Shape = readonly number[];

export const SWAPPED = 'The two look swapped: labels come first.';

/** Labels must have the shape of logits without the last dimension. The likeliest slip comes first. */
export function hintForShapes(labels: Shape, logits: Shape): string {
  const wanted = logits.slice(0, -1);
  if (isSame(labels.slice(0, -1), logits)) return SWAPPED;
  if (labels.length === logits.length && labels[labels.length - 1] === 1) {
    return 'tf.squeeze(labels, [-1]) takes their last dimension away.';
  }
  if (sizeOf(labels) === sizeOf(wanted)) {
    return isSame([...labels].reverse(), wanted)
      ? 'tf.transpose(labels) gives them that shape.'
      : `tf.reshape(labels, ${bracketed(wanted)}) gives them that shape.`;
  }
  if (labels.length === logits.length) {
    return 'Labels are class ids, not one-hot: tf.argMax(labels, -1) makes ids.';
  }
  const isPrefix = labels.length < wanted.length && labels.every((size, i) => size === wanted[i]);
  return isPrefix
    ? `Every position has a label of its own: labels of shape ${bracketed(wanted)}. ` +
        'For one label an example, pick the logits of one position.'
    : `Labels of shape ${bracketed(wanted)} were expected: a class id for each row of logits.`;
}

function isSame(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, i) => size === b[i]);
}

function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}
