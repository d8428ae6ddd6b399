import {engine, tensor, type TensorInfo, tidy} from '@tensorflow/tfjs-core';

import {defineGrad} from '../define_kernels';
import {gradOfRows} from '../rows/batch';
import {insteadOf} from './exps';
import {gradByOps} from './grad_by_ops';
import type {TensorFlowBackend} from './native_op';
import {runsInJavaScript} from './runs_in_javascript';
import {TensorFlowOps} from './tensorflow_ops';

export const sparseSoftmaxCrossEntropyGradConfig = defineGrad<'tensorflow', TensorFlowBackend>({
  backendName: 'tensorflow',
  compute: ({dy, features, labels, statistics, batch, numClasses, attrs, backend}) =>
    tidy(() => {
      const rows = {
        dy: floats(dy),
        labels: engine().readSync(labels.dataId) as Int32Array,
        statistics: floats(statistics),
      };
      if (runsInJavaScript(features)) {
        const logits = {logits: floats(features), labels: rows.labels, numClasses};
        return tensor(gradOfRows(rows.dy, logits, rows.statistics, attrs), features.shape);
      }
      const ops = new TensorFlowOps(backend);
      if (features.shape.length === 2) return gradByOps(ops, features, rows, attrs);
      const logits = ops.reshape(features, [batch, numClasses]);
      const gradients = gradByOps(ops, logits, rows, attrs);
      return insteadOf(gradients, ops.reshape(gradients, features.shape));
    }),
});

function floats({dataId}: TensorInfo): Float32Array {
  return engine().readSync(dataId) as Float32Array;
}
