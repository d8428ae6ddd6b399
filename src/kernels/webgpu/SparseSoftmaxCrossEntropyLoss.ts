import {backend, env} from '@tensorflow/tfjs-core';
import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';

import {
  type LossKernelConfig,
  SparseSoftmaxCrossEntropyLoss,
  type SparseSoftmaxCrossEntropyLossAttrs,
  type SparseSoftmaxCrossEntropyLossInputs,
  sizesOf,
} from '../../kernel_names';
import {checkDevice} from './check_device';
import {computeLoss} from './loss';
import {refuseLabelsInMemory} from './refuse_labels';
import {reportLabels} from './report_labels';

/**
 * [features, labels] -> [loss, statistics]. A label outside [0, classes) is an error in main memory.
 * On the GPU, where nothing is read back, its row is NaN.
 *
 * In debug mode (`tf.enableDebugMode()`) the labels are read all the same, and `console.error` says
 * which one is wrong and where, as soon as the GPU has handed them over: by then the call has
 * returned.
 */
export const sparseSoftmaxCrossEntropyLossConfig = {
  kernelName: SparseSoftmaxCrossEntropyLoss,
  backendName: 'webgpu',
  refuse: (labels, numClasses, ignoreClass) => {
    const webgpu = backend() as WebGPUBackend;
    checkDevice(webgpu); // The engine hides what a kernel throws in debug mode and under tf.profile.
    refuseLabelsInMemory(webgpu, labels, numClasses, ignoreClass);
    if (env().getBool('DEBUG')) void reportLabels(webgpu, labels, numClasses, ignoreClass);
  },
  kernelFunc: ({inputs, attrs = {}, backend}) => {
    const {features, labels} = inputs as SparseSoftmaxCrossEntropyLossInputs;
    const options = attrs as SparseSoftmaxCrossEntropyLossAttrs;
    const webgpu = backend as WebGPUBackend;
    checkDevice(webgpu);
    // Repeated for callers who bypass the op.
    refuseLabelsInMemory(webgpu, labels, sizesOf(features).numClasses, options.ignoreClass);
    return computeLoss(webgpu, features, labels, options);
  },
} as const satisfies LossKernelConfig;
