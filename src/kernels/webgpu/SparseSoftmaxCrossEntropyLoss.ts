import {backend, env} from '@tensorflow/tfjs-core';
import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';

import {defineLoss} from '../define_kernels';
import {checkBufferSize, checkDevice} from './check_device';
import {FewClassesLossProgram} from './few_classes_loss_gpu';
import {LossProgram} from './loss_gpu';
import {refuseLabelsInMemory} from './refuse_labels';
import {reportLabels} from './report_labels';
import {runProgram} from './threads_program';
import {statisticsShape} from './statistics';
import {StatisticsProgram} from './statistics_gpu';
import {rowUniforms} from './uniforms';

/**
 * One dispatch for few classes, two for more. A label outside [0, classes) is an error in main
 * memory. On the GPU, where nothing is read back, its row is NaN.
 *
 * In debug mode (`tf.enableDebugMode()`) the labels are read all the same, and `console.error`
 * reports the first wrong one and its position as soon as the GPU has handed them over. By then the
 * call has returned.
 */
export const sparseSoftmaxCrossEntropyLossConfig = defineLoss<'webgpu', WebGPUBackend>({
  backendName: 'webgpu',
  refuse: (labels, numClasses, ignoreClass) => {
    const webgpu = backend() as WebGPUBackend;
    // Here too: the engine hides what a kernel throws in debug mode and under tf.profile.
    checkDevice(webgpu);
    refuseLabelsInMemory(webgpu, labels, numClasses, ignoreClass);
    if (env().getBool('DEBUG')) void reportLabels(webgpu, labels, numClasses, ignoreClass);
  },
  compute: ({features, labels, batch, numClasses, attrs, backend}) => {
    checkDevice(backend);
    // Not in `refuse`: the fused layer never holds all logits.
    checkBufferSize(backend, features.shape);
    const shape = statisticsShape({batch, numClasses}, attrs.labelSmoothing > 0);
    const [planes, , windows] = shape;
    const uniforms = rowUniforms({batch, numClasses, windows, ...attrs});
    const rowInputs = [features, labels];
    if (windows === 0) {
      const program = new FewClassesLossProgram(batch);
      const loss = runProgram(backend, program, rowInputs, uniforms, labels.shape);
      return [loss, backend.makeTensorInfo(shape, 'float32', new Float32Array(0))];
    }
    const statisticsProgram = new StatisticsProgram(planes, batch, windows);
    const statistics = runProgram(backend, statisticsProgram, [features], uniforms, shape);
    try {
      const lossInputs = [...rowInputs, statistics];
      const program = new LossProgram(batch);
      return [runProgram(backend, program, lossInputs, uniforms, labels.shape), statistics];
    } catch (error) {
      backend.disposeData(statistics.dataId);
      throw error;
    }
  },
});
