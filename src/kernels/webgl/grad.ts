import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

import {sizesOf} from '../../sizes';
import {checkContext} from './check_context';
import {GradProgram} from './grad_gpu';
import {asPackedMatrix, asVector} from './matrix';
import {gradOnCpu, runsOnCpu} from './on_cpu';
import {RowTermsProgram} from './row_terms_gpu';
import {runProgram} from './run_program';
import {withScope} from './scope';
import {statisticsOf} from './statistics';

/** dfeatures, from the statistics that `computeLoss` left; two draws, or three if it left none. */
export function computeGrad(
  webgl: MathBackendWebGL,
  dy: TensorInfo,
  features: TensorInfo,
  labels: TensorInfo,
  statistics: TensorInfo,
): TensorInfo {
  checkContext(webgl, [dy, features, labels]);
  if (runsOnCpu(webgl, [dy, features, labels])) return gradOnCpu(webgl, dy, features, labels);
  const {batch, numClasses} = sizesOf(features);
  return withScope(webgl, (scope) => {
    const matrix = asPackedMatrix(webgl, features, scope);
    const isGiven = statistics.shape[1] > 0;
    const rowStatistics = isGiven ? statistics : scope.temporary(statisticsOf(webgl, matrix));
    const rowInputs = [asVector(dy), asVector(labels), rowStatistics];
    const rowTerms = scope.temporary(
      runProgram(webgl, new RowTermsProgram(batch), rowInputs, [
        numClasses,
        rowStatistics.shape[1] / 2,
      ]),
    );
    const program = new GradProgram(batch, numClasses);
    const texelsPerRow = Math.ceil(numClasses / 2);
    const dfeatures = runProgram(webgl, program, [matrix, rowTerms], [texelsPerRow]);
    return {...dfeatures, shape: features.shape};
  });
}
