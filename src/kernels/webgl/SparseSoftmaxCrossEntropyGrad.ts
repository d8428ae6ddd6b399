import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

import {defineGrad} from '../define_kernels';
import {checkDevice} from './check_device';
import {GradProgram} from './grad_gpu';
import {asPackedMatrix, asVector} from './matrix';
import {gradOnCpu, runsOnCpu} from './on_cpu';
import {RowTermsProgram} from './row_terms_gpu';
import {runProgram, withScope} from './scope';
import {layoutOf, statisticsOf} from './statistics';
import {attrUniforms} from './uniforms';

/** Two draws, or three if Loss left no statistics. NaN where the loss is. */
export const sparseSoftmaxCrossEntropyGradConfig = defineGrad<'webgl', MathBackendWebGL>({
  backendName: 'webgl',
  compute: ({dy, features, labels, statistics, batch, numClasses, attrs, backend}) => {
    const isGiven = layoutOf(statistics, batch).windows > 0;
    checkDevice(backend);
    if (runsOnCpu(backend, [dy, features, labels])) {
      return gradOnCpu(backend, dy, features, labels, attrs);
    }
    return withScope(backend, (scope) => {
      const $logits = asPackedMatrix(backend, features, scope);
      const $labels = asVector(labels);
      const $dy = asVector(dy);
      const $statistics = isGiven
        ? statistics
        : scope.temporary(statisticsOf(backend, $logits, false));
      const uniforms = {batch, numClasses, ...attrUniforms(attrs)};
      const rowTerms = scope.temporary(
        runProgram(backend, new RowTermsProgram(batch), [$dy, $logits, $labels, $statistics], {
          ...uniforms,
          ...layoutOf($statistics, batch),
        }),
      );
      const program = new GradProgram(batch, numClasses);
      const dfeatures = runProgram(backend, program, [$logits, rowTerms], uniforms);
      return {...dfeatures, shape: features.shape};
    });
  },
});
