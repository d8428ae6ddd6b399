import {engine, tensor, tidy} from '@tensorflow/tfjs-core';

import {countLabels, refuseLabels} from '../../arguments/labels';
import {
  type LossKernelConfig,
  sizesOf,
  SparseSoftmaxCrossEntropyLoss,
  type SparseSoftmaxCrossEntropyLossAttrs,
  type SparseSoftmaxCrossEntropyLossInputs,
} from '../../kernel_names';
import {lossOfRows} from '../rows/batch';
import {lossByOps} from './loss_by_ops';
import type {TensorFlowBackend} from './native_op';
import {runsInJavaScript} from './runs_in_javascript';
import {statisticsShape} from './statistics';
import {TensorFlowOps} from './tensorflow_ops';

/** [features, labels] -> [loss, statistics [batch, 2]]. */
export const sparseSoftmaxCrossEntropyLossConfig = {
  kernelName: SparseSoftmaxCrossEntropyLoss,
  backendName: 'tensorflow',
  refuse: refuseLabels,
  countLabels,
  kernelFunc: ({inputs, attrs = {}, backend}) =>
    tidy(() => {
      const {features, labels} = inputs as SparseSoftmaxCrossEntropyLossInputs;
      const lossAttrs = attrs as SparseSoftmaxCrossEntropyLossAttrs;
      const {batch, numClasses} = sizesOf(features);
      const classIds = engine().readSync(labels.dataId) as Int32Array;

      let losses;
      if (runsInJavaScript(features, lossAttrs)) {
        const logits = engine().readSync(features.dataId) as Float32Array;
        losses = lossOfRows({logits, labels: classIds, numClasses}, lossAttrs);
      } else {
        const ops = new TensorFlowOps(backend as TensorFlowBackend);
        const isMatrix = features.shape.length === 2;
        const logits = isMatrix ? features : ops.reshape(features, [batch, numClasses]);
        losses = lossByOps(ops, logits, classIds, lossAttrs);
      }
      return [
        tensor(losses.loss, labels.shape),
        tensor(losses.statistics, statisticsShape(labels)),
      ];
    }),
} as const satisfies LossKernelConfig;
