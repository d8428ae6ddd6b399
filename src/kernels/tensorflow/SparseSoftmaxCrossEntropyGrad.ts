import {engine, type Tensor, type TensorInfo, tidy} from '@tensorflow/tfjs-core';

import {
  type GradKernelConfig,
  sizesOf,
  SparseSoftmaxCrossEntropyGrad,
  type SparseSoftmaxCrossEntropyGradAttrs,
  type SparseSoftmaxCrossEntropyGradInputs,
} from '../../kernel_names';
import {countedRows} from './counted_rows';
import type {TensorFlowBackend} from './native_op';
import {gradientsByIndex, gradientsByOneHot} from './row_gradients';
import {TensorFlowOps} from './tensorflow_ops';
import {unscaledSoftmax} from './unscaled_softmax';
import {usesOneHot} from './which_ops';

/** [dy, features, labels, statistics] -> dfeatures: row_gradients.ts. */
export const sparseSoftmaxCrossEntropyGradConfig = {
  kernelName: SparseSoftmaxCrossEntropyGrad,
  backendName: 'tensorflow',
  kernelFunc: ({inputs, attrs = {}, backend}) =>
    tidy(() => {
      const {dy, features, labels, statistics} = inputs as SparseSoftmaxCrossEntropyGradInputs;
      const options = attrs as SparseSoftmaxCrossEntropyGradAttrs;
      const {ignoreClass, labelScale = 1, uniformScale = 0} = options;
      const ops = new TensorFlowOps(backend as TensorFlowBackend);
      const {batch, numClasses} = sizesOf(features);

      const softmax = unscaledSoftmax(ops, features, statistics);
      const labelWeight = labelScale - softmax.labelShare;
      const byOneHot = labelWeight !== 0 && (usesOneHot(features) || !isFinite(dy));
      const gradientsOf = byOneHot ? gradientsByOneHot : gradientsByIndex;
      const gradients = gradientsOf(ops, {
        softmax,
        dy: ops.reshape(dy, [batch, 1]),
        labelWeight,
        uniformScale,
        rows: countedRows(labels, numClasses, ignoreClass),
        numClasses,
      });
      return gradients.shape.join() === features.shape.join()
        ? gradients
        : reshaped(ops, gradients, features.shape);
    }),
} as const satisfies GradKernelConfig;

/** By index Infinity would be subtracted from Infinity. */
function isFinite({dataId}: TensorInfo): boolean {
  const values = engine().readSync(dataId) as Float32Array;
  return values.every(Number.isFinite);
}

/** The same numbers: only one of the two counts as memory at a time. */
function reshaped(ops: TensorFlowOps, x: Tensor, shape: number[]): Tensor {
  const result = ops.reshape(x, shape);
  x.dispose();
  return result;
}
