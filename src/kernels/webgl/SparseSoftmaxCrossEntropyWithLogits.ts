import type {KernelConfig} from '@tensorflow/tfjs-core';
import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

import {
  SparseSoftmaxCrossEntropyWithLogits,
  type SparseSoftmaxCrossEntropyWithLogitsInputs,
} from '../../kernel_names';
import {computeGrad} from './grad';
import {computeLoss} from './loss';

/** [features, labels] -> [loss, backprop]: the loss, then its gradient with dy = 1. */
export const sparseSoftmaxCrossEntropyWithLogitsConfig: KernelConfig = {
  kernelName: SparseSoftmaxCrossEntropyWithLogits,
  backendName: 'webgl',
  kernelFunc: ({inputs, backend}) => {
    const {features, labels} = inputs as SparseSoftmaxCrossEntropyWithLogitsInputs;
    const webgl = backend as MathBackendWebGL;
    const [loss, statistics] = computeLoss(webgl, features, labels);
    const ones = new Float32Array(labels.shape[0]).fill(1);
    const dy = webgl.makeTensorInfo(labels.shape, 'float32', ones);
    const backprop = computeGrad(webgl, dy, features, labels, statistics);
    webgl.disposeIntermediateTensorInfo(dy);
    webgl.disposeIntermediateTensorInfo(statistics);
    return [loss, backprop];
  },
};
