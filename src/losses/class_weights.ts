/**
 * The weights of labels by their classes.
 *
 * With c the weights of the classes and y the labels, the weight of label i is w[i] c[y[i]]. Its
 * gradient for c[k] is a sum over the labels of class k. The gradient of tf.gather would take that
 * sum by UnsortedSegmentSum, which adds one after the other in float32, and which tf.js's wasm
 * lacks.
 */
import {
  add,
  cast,
  equal,
  gather,
  mul,
  notEqual,
  range,
  reshape,
  scalar,
  slice,
  type Tensor,
  type Tensor1D,
  tidy,
  where,
  zeros,
} from '@tensorflow/tfjs-core';

import {broadcast, sumTo} from '../gradients/sums';
import {withGradient} from '../gradients/tape';

/** The most numbers in a block of [labels, classes]: 36 MB. */
const BLOCK = 9e6;

/**
 * The weight of each label, float32 of the shape of labels. An ignored label may be outside the
 * classes. Here its weight is that of class 0; `ignored_labels.ts` makes it 0.
 */
export function weightsOfClasses(
  classWeights: Tensor,
  labels: Tensor,
  weights: number | Tensor,
  ignoreClass: number | undefined,
): Tensor {
  const classIds =
    ignoreClass === undefined
      ? labels
      : mul(labels, cast(notEqual(labels, scalar(ignoreClass, 'int32')), 'int32'));
  const ofClasses = gathered(cast(classWeights, 'float32'), reshape(classIds, [labels.size]));
  const ofLabels = reshape(ofClasses, labels.shape);
  if (typeof weights === 'number') return weights === 1 ? ofLabels : mul(ofLabels, weights);
  return mul(ofLabels, broadcast(cast(weights, 'float32'), labels.shape));
}

/** x[labels], float32 [batch]. */
function gathered(x: Tensor, labels: Tensor): Tensor {
  return withGradient({
    inputs: [x],
    saved: [labels],
    value: () => (labels.size === 0 ? zeros([0]) : gather(x, labels as Tensor1D)),
    gradient: (dy, labels) => sumOfClasses(dy, labels, x.size),
  });
}

/** The sums of y, float32 [batch], over the labels of each class: float32 [classes]. */
function sumOfClasses(y: Tensor, labels: Tensor, numClasses: number): Tensor {
  const rows = Math.max(1, Math.floor(BLOCK / numClasses));
  return withGradient({
    inputs: [y],
    saved: [labels],
    value: () =>
      tidy(() => {
        const classes = range(0, numClasses, 1, 'int32');
        let sums = zeros([numClasses]);
        for (let begin = 0; begin < y.size; begin += rows) {
          const size = Math.min(rows, y.size - begin);
          const ofBlock = reshape(slice(y, begin, size), [size, 1]);
          const isOfClass = equal(reshape(slice(labels, begin, size), [size, 1]), classes);
          // A product with one-hot labels would spread NaN to every class.
          sums = add(sums, sumTo(where(isOfClass, ofBlock, scalar(0)), [numClasses]));
        }
        return sums;
      }),
    gradient: (v, labels) => gathered(v, labels),
  });
}
