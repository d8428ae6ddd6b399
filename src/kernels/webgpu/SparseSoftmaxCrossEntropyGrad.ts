import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';

import {defineGrad} from '../define_kernels';
import {checkBufferSize, checkDevice} from './check_device';
import {FewClassesGradProgram} from './few_classes_grad_gpu';
import {GradProgram} from './grad_gpu';
import {RowTermsProgram} from './row_terms_gpu';
import {runProgram} from './threads_program';
import {rowUniforms} from './uniforms';
import {gradWindowsPerRow} from './windows';

/** One dispatch for few classes, two for more. NaN where the loss is. */
export const sparseSoftmaxCrossEntropyGradConfig = defineGrad<'webgpu', WebGPUBackend>({
  backendName: 'webgpu',
  compute: ({dy, features, labels, statistics, batch, numClasses, attrs, backend}) => {
    checkDevice(backend);
    checkBufferSize(backend, features.shape);
    const windows = statistics.shape[2]!;
    const sizes = {batch, numClasses, ...attrs};
    const uniforms = rowUniforms({...sizes, windows});
    const rowInputs = [dy, features, labels];
    if (windows === 0) {
      const program = new FewClassesGradProgram(batch, numClasses);
      return runProgram(backend, program, rowInputs, uniforms, features.shape);
    }
    const termsProgram = new RowTermsProgram(batch);
    const termsInputs = [...rowInputs, statistics];
    const rowTerms = runProgram(backend, termsProgram, termsInputs, uniforms, [batch, 4]);
    try {
      const gradWindows = gradWindowsPerRow(numClasses);
      const program = new GradProgram(batch, numClasses, gradWindows);
      const gradInputs = [features, labels, rowTerms];
      const gradUniforms = rowUniforms({...sizes, windows: gradWindows});
      return runProgram(backend, program, gradInputs, gradUniforms, features.shape);
    } finally {
      backend.disposeData(rowTerms.dataId);
    }
  },
});
