import {backend, env} from '@tensorflow/tfjs-core';
import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';

import {
  type LossKernelConfig,
  SparseSoftmaxCrossEntropyLoss,
  type SparseSoftmaxCrossEntropyLossAttrs,
  type SparseSoftmaxCrossEntropyLossInputs,
} from '../../kernel_names';
import {checkDevice} from './check_device';
import {computeLoss} from './loss';
import {reportLabels} from './report_labels';

/**
 * [features, labels] -> [loss, statistics]; NaN for a label outside [0, classes).
 *
 * Nothing is read back, so such a label is no error. In debug mode (`tf.enableDebugMode()`) the
 * labels are read all the same, and `console.error` says which one is wrong and where, as soon as
 * the GPU has handed them over: by then the call has returned.
 */
export const sparseSoftmaxCrossEntropyLossConfig = {
  kernelName: SparseSoftmaxCrossEntropyLoss,
  backendName: 'webgpu',
  refuse: (labels, numClasses, ignoreClass) => {
    const webgpu = backend() as WebGPUBackend;
    checkDevice(webgpu); // The engine hides what a kernel throws in debug mode and under tf.profile.
    if (env().getBool('DEBUG')) void reportLabels(webgpu, labels, numClasses, ignoreClass);
  },
  kernelFunc: ({inputs, attrs = {}, backend}) => {
    const {features, labels} = inputs as SparseSoftmaxCrossEntropyLossInputs;
    const options = attrs as SparseSoftmaxCrossEntropyLossAttrs;
    return computeLoss(backend as WebGPUBackend, features, labels, options);
  },
} as const satisfies LossKernelConfig;
