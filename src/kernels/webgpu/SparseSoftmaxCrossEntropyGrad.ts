import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';

import {
  type GradKernelConfig,
  sizesOf,
  SparseSoftmaxCrossEntropyGrad,
  type SparseSoftmaxCrossEntropyGradAttrs,
  type SparseSoftmaxCrossEntropyGradInputs,
} from '../../kernel_names';
import {checkBufferSize, checkDevice} from './check_device';
import {FewClassesGradProgram} from './few_classes_grad_gpu';
import {GradProgram} from './grad_gpu';
import {RowTermsProgram} from './row_terms_gpu';
import {runProgram} from './rows_program';
import {checkShape} from './statistics';
import {gradWindowsPerRow} from './windows';

/**
 * [dy, features, labels, statistics] -> dfeatures; one dispatch for few classes, two for more. NaN where
 * the loss is.
 */
export const sparseSoftmaxCrossEntropyGradConfig = {
  kernelName: SparseSoftmaxCrossEntropyGrad,
  backendName: 'webgpu',
  kernelFunc: ({inputs, attrs = {}, backend}) => {
    const {dy, features, labels, statistics} = inputs as SparseSoftmaxCrossEntropyGradInputs;
    const gradAttrs = attrs as SparseSoftmaxCrossEntropyGradAttrs;
    const webgpu = backend as WebGPUBackend;
    const sizes = sizesOf(features);
    const {batch, numClasses} = sizes;
    checkDevice(webgpu);
    checkBufferSize(webgpu, features.shape);
    checkShape(statistics, sizes);
    const windows = statistics.shape[2];
    const uniforms = {batch, numClasses, windows, ...gradAttrs};
    const rowInputs = [dy, features, labels];
    if (windows === 0) {
      const program = new FewClassesGradProgram(batch, numClasses);
      return runProgram(webgpu, program, rowInputs, uniforms, features.shape);
    }
    const termsProgram = new RowTermsProgram(batch);
    const termsInputs = [...rowInputs, statistics];
    const rowTerms = runProgram(webgpu, termsProgram, termsInputs, uniforms, [batch, 4]);
    try {
      const gradWindows = gradWindowsPerRow(numClasses);
      const program = new GradProgram(batch, numClasses, gradWindows);
      const gradInputs = [features, labels, rowTerms];
      const gradUniforms = {...uniforms, windows: gradWindows};
      return runProgram(webgpu, program, gradInputs, gradUniforms, features.shape);
    } finally {
      webgpu.disposeData(rowTerms.dataId);
    }
  },
} as const satisfies GradKernelConfig;
