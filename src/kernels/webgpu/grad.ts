import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';

import {
  sizesOf,
  type SparseSoftmaxCrossEntropyGradAttrs,
  type SparseSoftmaxCrossEntropyGradInputs,
} from '../../kernel_names';
import {checkStatistics} from '../check_statistics';
import {checkBufferSize, checkDevice} from './check_device';
import {FewClassesGradProgram} from './few_classes_grad_gpu';
import {GradProgram} from './grad_gpu';
import {RowTermsProgram} from './row_terms_gpu';
import {runProgram} from './rows_program';
import {gradWindowsPerRow, windowsPerRow} from './windows';

/** dfeatures; one dispatch for few classes, two for more. */
export function computeGrad(
  webgpu: WebGPUBackend,
  {dy, features, labels, statistics}: SparseSoftmaxCrossEntropyGradInputs,
  attrs: SparseSoftmaxCrossEntropyGradAttrs,
): TensorInfo {
  checkDevice(webgpu);
  checkBufferSize(webgpu, features.shape);
  const {batch, numClasses} = sizesOf(features);
  const windows = windowsPerRow(batch, numClasses);
  const planes = statistics.shape[0] === 3 ? 3 : 2; // Three for label smoothing, of which two serve.
  checkStatistics(statistics, [planes, batch, windows]);
  const uniforms = {batch, numClasses, windows, ...attrs};
  if (windows === 0) {
    const program = new FewClassesGradProgram(batch, numClasses);
    return runProgram(webgpu, program, [dy, features, labels], uniforms, features.shape);
  }
  const termsInputs = [dy, features, labels, statistics];
  const first = new RowTermsProgram(batch);
  const rowTerms = runProgram(webgpu, first, termsInputs, uniforms, [batch, 4]);
  try {
    const gradWindows = gradWindowsPerRow(numClasses);
    const program = new GradProgram(batch, numClasses, gradWindows);
    const gradUniforms = {...uniforms, windows: gradWindows};
    return runProgram(webgpu, program, [features, labels, rowTerms], gradUniforms, features.shape);
  } finally {
    webgpu.disposeData(rowTerms.dataId);
  }
}
