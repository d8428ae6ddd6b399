import {engine, tensor, type TensorInfo, tidy} from '@tensorflow/tfjs-core';

import {
  type GradKernelConfig,
  sizesOf,
  SparseSoftmaxCrossEntropyGrad,
  type SparseSoftmaxCrossEntropyGradAttrs,
  type SparseSoftmaxCrossEntropyGradInputs,
} from '../../kernel_names';
import {checkStatistics} from '../check_statistics';
import {gradOfRows} from '../rows/batch';
import {insteadOf} from './exps';
import {gradByOps} from './grad_by_ops';
import type {TensorFlowBackend} from './native_op';
import {runsInJavaScript} from './runs_in_javascript';
import {statisticsShape} from './statistics';
import {TensorFlowOps} from './tensorflow_ops';

/** [dy, features, labels, statistics] -> dfeatures. */
export const sparseSoftmaxCrossEntropyGradConfig = {
  kernelName: SparseSoftmaxCrossEntropyGrad,
  backendName: 'tensorflow',
  kernelFunc: ({inputs, attrs = {}, backend}) =>
    tidy(() => {
      const {dy, features, labels, statistics} = inputs as SparseSoftmaxCrossEntropyGradInputs;
      const gradAttrs = attrs as SparseSoftmaxCrossEntropyGradAttrs;
      const {batch, numClasses} = sizesOf(features);
      checkStatistics(statistics, statisticsShape(labels));
      const rows = {
        dy: floats(dy),
        labels: engine().readSync(labels.dataId) as Int32Array,
        statistics: floats(statistics),
      };

      if (runsInJavaScript(features, gradAttrs)) {
        const logits = {logits: floats(features), labels: rows.labels, numClasses};
        return tensor(gradOfRows(rows.dy, logits, rows.statistics, gradAttrs), features.shape);
      }
      const ops = new TensorFlowOps(backend as TensorFlowBackend);
      if (features.shape.length === 2) return gradByOps(ops, features, rows, gradAttrs);
      const logits = ops.reshape(features, [batch, numClasses]);
      const gradients = gradByOps(ops, logits, rows, gradAttrs);
      return insteadOf(gradients, ops.reshape(gradients, features.shape));
    }),
} as const satisfies GradKernelConfig;

function floats({dataId}: TensorInfo): Float32Array {
  return engine().readSync(dataId) as Float32Array;
}
