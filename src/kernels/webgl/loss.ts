import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

import {FewClassesLossProgram} from './few_classes_loss_gpu';
import {LossProgram} from './loss_gpu';
import {asPackedMatrix, asVector, sizesOf} from './matrix';
import {lossOnCpu, runsOnCpu} from './on_cpu';
import {runProgram} from './run_program';
import {noStatistics, statisticsOf} from './statistics';

/** A row of so few classes is read again sooner than its statistics are written and read. */
const FEW_CLASSES = 32;

/** [loss, statistics]; one draw for few classes, two for more. */
export function computeLoss(
  webgl: MathBackendWebGL,
  features: TensorInfo,
  labels: TensorInfo,
): [TensorInfo, TensorInfo] {
  const {batch, numClasses} = sizesOf(features);
  if (runsOnCpu(webgl, [features, labels])) {
    return [lossOnCpu(webgl, features, labels), noStatistics(webgl, batch)];
  }
  const matrix = asPackedMatrix(webgl, features);
  try {
    const inputs = [matrix, asVector(labels)];
    if (numClasses <= FEW_CLASSES) {
      const program = new FewClassesLossProgram(batch);
      const loss = runProgram(webgl, program, inputs, [numClasses]);
      return [{...loss, shape: labels.shape}, noStatistics(webgl, batch)];
    }
    const statistics = statisticsOf(webgl, matrix);
    const windows = statistics.shape[1] / 2;
    const program = new LossProgram(batch);
    const loss = runProgram(webgl, program, [...inputs, statistics], [numClasses, windows]);
    return [{...loss, shape: labels.shape}, statistics];
  } finally {
    webgl.disposeIntermediateTensorInfo(matrix);
  }
}
