import {engine, tensor, tidy} from '@tensorflow/tfjs-core';

import {countLabels, refuseLabels} from '../../arguments/labels';
import {defineLoss} from '../define_kernels';
import {lossOfRows} from '../rows/batch';
import {lossByOps} from './loss_by_ops';
import type {TensorFlowBackend} from './native_op';
import {runsInJavaScript} from './runs_in_javascript';
import {statisticsShape} from './statistics';
import {TensorFlowOps} from './tensorflow_ops';

/** A label that is no class gives NaN. */
export const sparseSoftmaxCrossEntropyLossConfig = defineLoss<'tensorflow', TensorFlowBackend>({
  backendName: 'tensorflow',
  refuse: refuseLabels,
  countLabels,
  compute: ({features, labels, batch, numClasses, attrs, backend}) =>
    tidy(() => {
      const classIds = engine().readSync(labels.dataId) as Int32Array;
      let losses;
      if (runsInJavaScript(features)) {
        const logits = engine().readSync(features.dataId) as Float32Array;
        losses = lossOfRows({logits, labels: classIds, numClasses}, attrs);
      } else {
        const ops = new TensorFlowOps(backend);
        const isMatrix = features.shape.length === 2;
        const logits = isMatrix ? features : ops.reshape(features, [batch, numClasses]);
        losses = lossByOps(ops, logits, classIds, attrs);
      }
      return [
        tensor(losses.loss, labels.shape),
        tensor(losses.statistics, statisticsShape(labels)),
      ];
    }),
});
