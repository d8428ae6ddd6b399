import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

import {GradProgram} from './grad_gpu';
import {asPackedMatrix, asVector, sizesOf} from './matrix';
import {gradOnCpu, runsOnCpu} from './on_cpu';
import {RowTermsProgram} from './row_terms_gpu';
import {runProgram} from './run_program';
import {statisticsOf} from './statistics';

/** dfeatures, from the statistics that `computeLoss` left; two draws, or three if it left none. */
export function computeGrad(
  webgl: MathBackendWebGL,
  dy: TensorInfo,
  features: TensorInfo,
  labels: TensorInfo,
  statistics: TensorInfo,
): TensorInfo {
  if (runsOnCpu(webgl, [dy, features, labels])) return gradOnCpu(webgl, dy, features, labels);
  const {batch, numClasses} = sizesOf(features);
  const matrix = asPackedMatrix(webgl, features);
  const temporaries = [matrix];
  const temporary = (info: TensorInfo) => {
    temporaries.push(info);
    return info;
  };
  try {
    const isGiven = statistics.shape[1] > 0;
    const rowStatistics = isGiven ? statistics : temporary(statisticsOf(webgl, matrix));
    const rowTerms = temporary(
      runProgram(
        webgl,
        new RowTermsProgram(batch),
        [asVector(dy), asVector(labels), rowStatistics],
        [numClasses, rowStatistics.shape[1] / 2],
      ),
    );
    const program = new GradProgram(batch, numClasses);
    const dfeatures = runProgram(webgl, program, [matrix, rowTerms], [Math.ceil(numClasses / 2)]);
    return {...dfeatures, shape: features.shape};
  } finally {
    temporaries.forEach((info) => webgl.disposeIntermediateTensorInfo(info));
  }
}
