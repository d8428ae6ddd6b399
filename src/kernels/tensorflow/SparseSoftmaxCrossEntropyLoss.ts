import {scalar, type Tensor, tidy} from '@tensorflow/tfjs-core';

import {
  type LossKernelConfig,
  sizesOf,
  SparseSoftmaxCrossEntropyLoss,
  type SparseSoftmaxCrossEntropyLossAttrs,
  type SparseSoftmaxCrossEntropyLossInputs,
} from '../../kernel_names';
import {countLabels, refuseLabels} from '../../arguments/labels';
import {countedRows, labelsOf, maskOf} from './counted_rows';
import {executeNativeOp, type TensorFlowBackend} from './native_op';
import {TensorFlowOps} from './tensorflow_ops';
import {lossesWithoutShift, lossesWithShift, type RowLosses} from './row_losses';
import {usesNativeOp} from './which_ops';

/**
 * [features, labels] -> [loss, statistics]. Statistics are the backprop [batch, classes] of the native
 * op where that serves, otherwise a number or two a row: row_losses.ts.
 */
export const sparseSoftmaxCrossEntropyLossConfig = {
  kernelName: SparseSoftmaxCrossEntropyLoss,
  backendName: 'tensorflow',
  refuse: refuseLabels,
  countLabels,
  kernelFunc: ({inputs, attrs = {}, backend}) =>
    tidy(() => {
      const {features, labels} = inputs as SparseSoftmaxCrossEntropyLossInputs;
      const {ignoreClass, labelSmoothing = 0} = attrs as SparseSoftmaxCrossEntropyLossAttrs;
      const tensorflow = backend as TensorFlowBackend;
      const ops = new TensorFlowOps(tensorflow);
      const {batch, numClasses} = sizesOf(features);
      const isMatrix = features.shape.length === 2;
      const logits = isMatrix ? features : ops.reshape(features, [batch, numClasses]);
      const rows = countedRows(labels, numClasses, ignoreClass);

      let losses: RowLosses | undefined;
      if (labelSmoothing === 0 && !usesNativeOp(features)) {
        losses = lossesWithoutShift(ops, logits, rows);
      } else if (labelSmoothing === 0) {
        const vector = isMatrix && !rows.counts ? labels : labelsOf(rows);
        const [loss, statistics] = executeNativeOp(tensorflow, logits, vector);
        losses = {loss, statistics};
      }
      losses ??= lossesWithShift(ops, logits, rows, labelSmoothing);

      let {loss} = losses;
      if (rows.counts) loss = ops.select(maskOf(rows.counts, [batch]), loss, scalar(0));
      if (!isMatrix) loss = ops.reshape(loss, labels.shape);
      return [loss, losses.statistics] as Tensor[];
    }),
} as const satisfies LossKernelConfig;
