/**
 * The loss on the tape.
 *
 * The Loss kernel has two outputs. tf.js makes zeros for each output that is not differentiated,
 * and statistics may be as large as the logits. So only the loss is a node on the tape, and its
 * gradient, the Grad kernel, gets the statistics as a saved tensor.
 */
import {engine, type Tensor} from '@tensorflow/tfjs-core';

import {
  sizesOf,
  type SparseSoftmaxCrossEntropyGradAttrs,
  type SparseSoftmaxCrossEntropyLossAttrs,
} from '../kernel_names';
import {type LossInputs, runGrad, runLoss} from '../run_kernels';
import {offTape, withGradient} from './tape';

/** float32 of the shape of labels. Labels have no gradient, so they are no input of the node. */
export function differentiableLoss(
  {features, labels}: LossInputs,
  attrs: SparseSoftmaxCrossEntropyLossAttrs,
): Tensor {
  const [loss, statistics] = offTape(() => runLoss({features, labels}, attrs));
  if (!engine().isTapeOn()) return loss;
  const gradAttrs = gradAttrsOf(attrs, sizesOf(features).numClasses);
  return withGradient({
    inputs: [features],
    saved: [features, labels, statistics],
    value: () => loss,
    gradient: (dy, features, labels, statistics) =>
      runGrad({dy, features, labels, statistics}, gradAttrs),
  });
}

/**
 * The target (1 - s) onehot + s / K, s = labelSmoothing and K classes, as scales of the Grad
 * kernel.
 */
export function gradAttrsOf(
  {ignoreClass, labelSmoothing = 0, zLoss}: SparseSoftmaxCrossEntropyLossAttrs,
  numClasses: number,
): SparseSoftmaxCrossEntropyGradAttrs {
  const [labelScale, uniformScale] = [1 - labelSmoothing, labelSmoothing / numClasses];
  return {ignoreClass, labelScale, uniformScale, zLoss};
}
