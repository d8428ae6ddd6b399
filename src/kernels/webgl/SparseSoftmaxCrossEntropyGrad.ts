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
import {asPackedMatrix, asVector} from './matrix';
import {gradOnCpu, runsOnCpu} from './on_cpu';
import {RowTermsProgram} from './row_terms_gpu';
import {runProgram, withScope} from './scope';
import {layoutOf, statisticsOf} from './statistics';
import {attrUniforms} from './uniforms';

/** [dy, features, labels, statistics] -> dfeatures; two draws, or three if Loss left no statistics. NaN where the loss is. */
export const sparseSoftmaxCrossEntropyGradConfig = {
  kernelName: SparseSoftmaxCrossEntropyGrad,
  backendName: 'webgl',
  kernelFunc: ({inputs, attrs = {}, backend}) => {
    const {dy, features, labels, statistics} = inputs as SparseSoftmaxCrossEntropyGradInputs;
    const gradAttrs = attrs as SparseSoftmaxCrossEntropyGradAttrs;
    const webgl = backend as MathBackendWebGL;
    const {batch, numClasses} = sizesOf(features);
    const isGiven = layoutOf(statistics, batch).windows > 0;
    checkDevice(webgl);
    if (runsOnCpu(webgl, [dy, features, labels])) {
      return gradOnCpu(webgl, dy, features, labels, gradAttrs);
    }
    return withScope(webgl, (scope) => {
      const $logits = asPackedMatrix(webgl, features, scope);
      const $labels = asVector(labels);
      const $dy = asVector(dy);
      const $statistics = isGiven
        ? statistics
        : scope.temporary(statisticsOf(webgl, $logits, false));
      const uniforms = {batch, numClasses, ...attrUniforms(gradAttrs)};
      const rowTerms = scope.temporary(
        runProgram(webgl, new RowTermsProgram(batch), [$dy, $logits, $labels, $statistics], {
          ...uniforms,
          ...layoutOf($statistics, batch),
        }),
      );
      const program = new GradProgram(batch, numClasses);
      const dfeatures = runProgram(webgl, program, [$logits, rowTerms], uniforms);
      return {...dfeatures, shape: features.shape};
    });
  },
} as const satisfies GradKernelConfig;
