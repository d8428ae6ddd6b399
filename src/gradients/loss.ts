/**
 * The loss on the tape.
 *
 * The Loss kernel has two outputs, and tf.js makes zeros for every output that nobody
 * differentiates: on tensorflow, where the native op ran, a matrix of the size of the logits. So the loss alone is the node on
 * the tape, and the statistics are saved for its gradient, which is the Grad kernel.
 */
import {customGrad, engine, type GradSaveFunc, type Tensor} from '@tensorflow/tfjs-core';

import type {
  SparseSoftmaxCrossEntropyGradAttrs,
  SparseSoftmaxCrossEntropyLossAttrs,
} from '../kernel_names';
import {type LossInputs, runGrad, runLoss} from '../run_kernels';
import {sizesOf} from '../sizes';
import {backward} from './backward';
import {offTape} from './off_tape';

/** float32 of the shape of labels. Labels are no input to the tape, and have no gradient. */
export function differentiableLoss(
  {features, labels}: LossInputs,
  attrs: SparseSoftmaxCrossEntropyLossAttrs,
): Tensor {
  const [loss, statistics] = offTape(() => runLoss({features, labels}, attrs));
  if (!engine().isTapeOn()) return loss;
  const gradAttrs = gradAttrsOf(attrs, sizesOf(features).numClasses);
  return customGrad((features, save) => {
    (save as GradSaveFunc)([features as Tensor, labels, statistics]);
    return {
      value: loss,
      gradFunc: (dy: Tensor, [features, labels, statistics]: Tensor[]) =>
        backward(() => runGrad({dy, features, labels, statistics}, gradAttrs)),
    };
  })(features);
}

/** The target (1 - s) onehot + s / K, s = labelSmoothing and K classes, as scales of the Grad kernel. */
export function gradAttrsOf(
  {labelSmoothing = 0, ...rest}: SparseSoftmaxCrossEntropyLossAttrs,
  numClasses: number,
): SparseSoftmaxCrossEntropyGradAttrs {
  return {...rest, labelScale: 1 - labelSmoothing, uniformScale: labelSmoothing / numClasses};
}
