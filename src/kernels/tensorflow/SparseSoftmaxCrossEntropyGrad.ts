import {scalar, type Tensor, tensor1d, tidy, type TensorInfo} from '@tensorflow/tfjs-core';

import {
  type GradKernelConfig,
  SparseSoftmaxCrossEntropyGrad,
  type SparseSoftmaxCrossEntropyGradAttrs,
  type SparseSoftmaxCrossEntropyGradInputs,
} from '../../kernel_names';
import {sizesOf} from '../../sizes';
import {countedRows, maskOf} from './counted_rows';
import type {TensorFlowBackend} from './native_op';
import {TensorFlowOps} from './tensorflow_ops';
import {unscaledSoftmax} from './unscaled_softmax';

/**
 * [dy, features, labels, statistics] -> dfeatures = dy * (p[j] - labelScale (j == y) - uniformScale).
 *
 * With weights and sums by `unscaled_softmax.ts`, p[j] = weight[j] / sum + labelShare (j == y):
 *
 *   dfeatures[j] = weight[j] (dy / sum) - uniformScale dy - (j == y) (labelScale - labelShare) dy
 *
 * The first product makes the one matrix, into which the labels' entries are then subtracted.
 */
export const sparseSoftmaxCrossEntropyGradConfig = {
  kernelName: SparseSoftmaxCrossEntropyGrad,
  backendName: 'tensorflow',
  kernelFunc: ({inputs, attrs = {}, backend}) =>
    tidy(() => {
      const {dy, features, labels, statistics} = inputs as SparseSoftmaxCrossEntropyGradInputs;
      const {
        ignoreClass,
        labelScale = 1,
        uniformScale = 0,
      } = attrs as SparseSoftmaxCrossEntropyGradAttrs;
      const ops = new TensorFlowOps(backend as TensorFlowBackend);
      const {batch, numClasses} = sizesOf(features);

      const {weights, sums, labelShare} = unscaledSoftmax(ops, features, statistics);
      const column = ops.reshape(dy, [batch, 1]);
      let result = ops.mul(weights, sums ? ops.div(column, sums) : column);
      if (weights !== statistics) (weights as Tensor).dispose();
      const replace = (next: Tensor) => {
        result.dispose();
        result = next;
      };
      if (uniformScale !== 0) replace(ops.sub(result, ops.mul(column, scalar(uniformScale))));

      const labelWeight = labelScale - labelShare;
      if (ignoreClass !== undefined || labelWeight !== 0) {
        const rows = countedRows(labels, numClasses, ignoreClass);
        // A choice and no product: 0 times a NaN would be NaN.
        const counted = (x: TensorInfo, counts: Uint8Array) =>
          ops.select(maskOf(counts, [batch, 1]), x, scalar(0));
        if (rows.counts) replace(counted(result, rows.counts));
        if (labelWeight !== 0) {
          const atLabels = ops.mul(column, scalar(labelWeight));
          const updates = rows.counts ? counted(atLabels, rows.counts) : atLabels;
          const indices = tensor1d(
            rows.labels.map((label, row) => row * numClasses + label),
            'int32',
          );
          replace(ops.reshape(result, [batch * numClasses, 1]));
          replace(ops.subtractFromRows(result, indices, updates));
        }
      }
      if (result.shape.join() !== features.shape.join()) {
        replace(ops.reshape(result, features.shape));
      }
      return result;
    }),
} as const satisfies GradKernelConfig;
