import {engine, tensor, tidy} from '@tensorflow/tfjs-core';

import {countLabels, refuseLabels} from '../../arguments/labels';
import {defineLoss} from '../define_kernels';
import {lossOfRows} from '../rows/batch';
import type {TensorFlowBackend} from './execute_op';
import {lossByOps} from './loss_by_ops';
import {runsInJavaScript} from './runs_in_javascript';
import {TensorFlowOps} from './tensorflow_ops';

/**
 * A label that is no class gives NaN. The statistics are float32 [batch, 2], which is shift and
 * sumExp of each row:
 *
 *   sumExp = sum_j exp(x[j] - shift)
 *
 * JavaScript and TensorFlow's ops choose different shifts. Each can read the other's statistics.
 */
export const sparseSoftmaxCrossEntropyLossConfig = defineLoss<'tensorflow', TensorFlowBackend>({
  backendName: 'tensorflow',
  refuse: refuseLabels,
  countLabels,
  compute: ({features, labels, batch, numClasses, attrs, backend}) =>
    tidy(() => {
      const classIds = engine().readSync(labels.dataId) as Int32Array;
      if (runsInJavaScript(features)) {
        const logits = engine().readSync(features.dataId) as Float32Array;
        const {loss, statistics} = lossOfRows({logits, labels: classIds, numClasses}, attrs);
        return [tensor(loss, labels.shape), tensor(statistics, [batch, 2])];
      }
      const ops = new TensorFlowOps(backend);
      const isMatrix = features.shape.length === 2;
      const logits = isMatrix ? features : ops.reshape(features, [batch, numClasses]);
      const {loss, statistics} = lossByOps(ops, logits, classIds, attrs);
      return [ops.reshape(loss, labels.shape), statistics];
    }),
});
