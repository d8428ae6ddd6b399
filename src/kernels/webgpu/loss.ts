import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';

import {sizesOf, type SparseSoftmaxCrossEntropyLossAttrs} from '../../kernel_names';
import {checkBufferSize} from './check_device';
import {FewClassesLossProgram} from './few_classes_loss_gpu';
import {LossProgram} from './loss_gpu';
import {runProgram} from './rows_program';
import {StatisticsProgram} from './statistics_gpu';
import {windowsPerRow} from './windows';

/**
 * [loss, statistics [planes, batch, windows]]; one dispatch for few classes, whose statistics are
 * empty, two for more.
 */
export function computeLoss(
  webgpu: WebGPUBackend,
  features: TensorInfo,
  labels: TensorInfo,
  {ignoreClass, labelSmoothing = 0, zLoss}: SparseSoftmaxCrossEntropyLossAttrs,
): [TensorInfo, TensorInfo] {
  checkBufferSize(webgpu, features.shape); // Here, where logits are: of a last layer never all are.
  const {batch, numClasses} = sizesOf(features);
  const windows = windowsPerRow(batch, numClasses);
  const planes = labelSmoothing > 0 ? 3 : 2;
  const statisticsShape = [planes, batch, windows];
  const uniforms = {batch, numClasses, windows, ignoreClass, labelSmoothing, zLoss};
  const inputs = [features, labels];
  if (windows === 0) {
    const program = new FewClassesLossProgram(batch);
    const loss = runProgram(webgpu, program, inputs, uniforms, labels.shape);
    return [loss, webgpu.makeTensorInfo(statisticsShape, 'float32', new Float32Array(0))];
  }
  const first = new StatisticsProgram(planes, batch, windows);
  const statistics = runProgram(webgpu, first, inputs, uniforms, statisticsShape);
  try {
    const program = new LossProgram(batch);
    return [runProgram(webgpu, program, [...inputs, statistics], uniforms, labels.shape), statistics]; // prettier-ignore
  } catch (error) {
    webgpu.disposeData(statistics.dataId);
    throw error;
  }
}
