import {engine, tensor, tidy, type TensorInfo} from '@tensorflow/tfjs-core';

import {defineGrad} from '../define_kernels';
import {gradOfRows} from '../rows/batch';
import type {TensorFlowBackend} from './execute_op';
import {gradByOps} from './grad_by_ops';
import {runsInJavaScript} from './runs_in_javascript';
import {insteadOf, TensorFlowOps} from './tensorflow_ops';

export const sparseSoftmaxCrossEntropyGradConfig = defineGrad<'tensorflow', TensorFlowBackend>({
  backendName: 'tensorflow',
  compute: ({dy, features, labels, statistics, batch, numClasses, attrs, backend}) =>
    tidy(() => {
      const classIds = engine().readSync(labels.dataId) as Int32Array;
      if (runsInJavaScript(features)) {
        const rows = {logits: floats(features), labels: classIds, numClasses};
        return tensor(gradOfRows(floats(dy), rows, floats(statistics), attrs), features.shape);
      }
      const ops = new TensorFlowOps(backend);
      const rows = {dy, labels: classIds, statistics};
      if (features.shape.length === 2) return gradByOps(ops, features, rows, attrs);
      const logits = ops.reshape(features, [batch, numClasses]);
      const gradients = gradByOps(ops, logits, rows, attrs);
      return insteadOf(gradients, ops.reshape(gradients, features.shape));
    }),
});

function floats({dataId}: TensorInfo): Float32Array {
  return engine().readSync(dataId) as Float32Array;
}
