import type {MathBackendCPU} from '@tensorflow/tfjs-backend-cpu';

import {defineGrad} from '../define_kernels';
import {gradOfRows} from '../rows/batch';
import {floatValues, intValues} from './values';

/** In one pass, without another buffer. */
export const sparseSoftmaxCrossEntropyGradConfig = defineGrad<'cpu', MathBackendCPU>({
  backendName: 'cpu',
  compute: ({dy, features, labels, statistics, numClasses, attrs, backend}) => {
    const logits = floatValues(backend, features);
    const rows = {logits, labels: intValues(backend, labels), numClasses};
    const [dyOfRows, ofRows] = [floatValues(backend, dy), floatValues(backend, statistics)];
    const dfeatures = gradOfRows(dyOfRows, rows, ofRows, attrs);
    return backend.makeTensorInfo(features.shape, 'float32', dfeatures);
  },
});
