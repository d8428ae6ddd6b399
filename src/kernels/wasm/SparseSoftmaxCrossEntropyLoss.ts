import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';

import {countLabels} from '../../arguments/labels';
import {defineLoss} from '../define_kernels';
import {lossOfRows, rowStatisticsShape} from '../rows/batch';
import {makeOutputs} from './output';
import {refuse} from './refuse';
import {simdKernels} from './simd';
import {addressOf, floatValues, intValues, simdStatisticsShape} from './values';

/** No buffer of the size of features. */
export const sparseSoftmaxCrossEntropyLossConfig = defineLoss<'wasm', BackendWasm>({
  backendName: 'wasm',
  refuse,
  countLabels,
  setupFunc: (backend) => void simdKernels(backend as BackendWasm),
  compute: ({features, labels, batch, numClasses, attrs, backend}) => {
    const {ignoreClass = NaN, labelSmoothing, zLoss} = attrs;
    const simd = simdKernels(backend);
    if (simd === undefined) {
      const logits = floatValues(backend, features);
      const rows = {logits, labels: intValues(backend, labels), numClasses};
      const values = lossOfRows(rows, attrs);
      const [loss, statistics] = makeOutputs(backend, labels.shape, rowStatisticsShape(labels));
      floatValues(backend, loss).set(values.loss);
      floatValues(backend, statistics).set(values.statistics);
      return [loss, statistics];
    }
    // For callers that bypass the op: the module would read outside of a row.
    refuse(labels, numClasses, attrs.ignoreClass);
    const [loss, statistics] = makeOutputs(backend, labels.shape, simdStatisticsShape(labels));
    const x = addressOf(backend, features);
    const y = addressOf(backend, labels);
    const lossAt = addressOf(backend, loss);
    const statisticsAt = addressOf(backend, statistics);
    simd.loss(x, y, batch, numClasses, ignoreClass, lossAt, statisticsAt);
    if (labelSmoothing !== 0 || zLoss !== 0) {
      const rows = [x, y, batch, numClasses, ignoreClass] as const;
      simd.addOptions(...rows, labelSmoothing, zLoss, lossAt, statisticsAt);
    }
    return [loss, statistics];
  },
});
