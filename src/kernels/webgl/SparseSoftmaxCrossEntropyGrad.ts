import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

import {
  type GradKernelConfig,
  sizesOf,
  SparseSoftmaxCrossEntropyGrad,
  type SparseSoftmaxCrossEntropyGradAttrs,
  type SparseSoftmaxCrossEntropyGradInputs,
} from '../../kernel_names';
import {checkDevice} from './check_device';
import {GradProgram} from './grad_gpu';
import {ignoreClassUniform} from './labels_glsl';
import {asPackedMatrix, asVector} from './matrix';
import {gradOnCpu, runsOnCpu} from './on_cpu';
import {RowTermsProgram} from './row_terms_gpu';
import {runProgram, withScope} from './scope';
import {layoutOf, statisticsOf} from './statistics';

/** [dy, features, labels, statistics] -> dfeatures; two draws, or three if Loss left no statistics. NaN where the loss is. */
export const sparseSoftmaxCrossEntropyGradConfig = {
  kernelName: SparseSoftmaxCrossEntropyGrad,
  backendName: 'webgl',
  kernelFunc: ({inputs, attrs = {}, backend}) => {
    const {dy, features, labels, statistics} = inputs as SparseSoftmaxCrossEntropyGradInputs;
    const options = attrs as SparseSoftmaxCrossEntropyGradAttrs;
    const {ignoreClass, labelScale = 1, uniformScale = 0, zLoss = 0} = options;
    const webgl = backend as MathBackendWebGL;
    const {batch, numClasses} = sizesOf(features);
    const isGiven = layoutOf(statistics, batch).windows > 0;
    checkDevice(webgl);
    if (runsOnCpu(webgl, [dy, features, labels])) {
      const gradAttrs = {ignoreClass, labelScale, uniformScale, zLoss};
      return gradOnCpu(webgl, dy, features, labels, gradAttrs);
    }
    return withScope(webgl, (scope) => {
      const matrix = asPackedMatrix(webgl, features, scope);
      const ofRows = isGiven ? statistics : scope.temporary(statisticsOf(webgl, matrix, false));
      const rowInputs = [asVector(dy), asVector(labels), ofRows];
      const rowTerms = scope.temporary(
        runProgram(webgl, new RowTermsProgram(batch), rowInputs, {
          batch,
          numClasses,
          ignoreClass: ignoreClassUniform(ignoreClass),
          zLoss,
          ...layoutOf(ofRows, batch),
        }),
      );
      const program = new GradProgram(batch, numClasses);
      const uniforms = {labelScale, uniformScale};
      const dfeatures = runProgram(webgl, program, [matrix, rowTerms], uniforms);
      return {...dfeatures, shape: features.shape};
    });
  },
} as const satisfies GradKernelConfig;
