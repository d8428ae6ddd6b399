import type {MathBackendCPU} from '@tensorflow/tfjs-backend-cpu';

import {countLabels, refuseLabels} from '../../arguments/labels';
import {defineLoss} from '../define_kernels';
import {lossOfRows, rowStatisticsShape} from '../rows/batch';
import {floatValues, intValues} from './values';

/** In one pass, without a buffer of the size of features. A label that is no class gives NaN. */
export const sparseSoftmaxCrossEntropyLossConfig = defineLoss<'cpu', MathBackendCPU>({
  backendName: 'cpu',
  refuse: refuseLabels,
  countLabels,
  compute: ({features, labels, numClasses, attrs, backend}) => {
    const logits = floatValues(backend, features);
    const rows = {logits, labels: intValues(backend, labels), numClasses};
    const {loss, statistics} = lossOfRows(rows, attrs);
    return [
      backend.makeTensorInfo(labels.shape, 'float32', loss),
      backend.makeTensorInfo(rowStatisticsShape(labels), 'float32', statistics),
    ];
  },
});
