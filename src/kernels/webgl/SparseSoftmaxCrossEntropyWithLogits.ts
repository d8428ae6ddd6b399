import type {KernelConfig} from '@tensorflow/tfjs-core';
import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

import {
  SparseSoftmaxCrossEntropyWithLogits,
  type SparseSoftmaxCrossEntropyWithLogitsInputs,
} from '../../kernel_names';
import {computeGrad} from './grad';
import {computeLoss} from './loss';
import {withScope} from './scope';

/** [features, labels] -> [loss, backprop]; the loss, then its gradient with dy = 1. */
export const sparseSoftmaxCrossEntropyWithLogitsConfig: KernelConfig = {
  kernelName: SparseSoftmaxCrossEntropyWithLogits,
  backendName: 'webgl',
  kernelFunc: ({inputs, backend}) => {
    const {features, labels} = inputs as SparseSoftmaxCrossEntropyWithLogitsInputs;
    const webgl = backend as MathBackendWebGL;
    return withScope(webgl, (scope) => {
      const [loss, statistics] = computeLoss(webgl, features, labels);
      scope.output(loss);
      scope.temporary(statistics);
      const ones = new Float32Array(labels.shape[0]).fill(1);
      const dy = scope.temporary(webgl.makeTensorInfo(labels.shape, 'float32', ones));
      return [loss, computeGrad(webgl, dy, features, labels, statistics)];
    });
  },
};
