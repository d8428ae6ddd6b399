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
  const inputs = [matrix, asVector(labels)];
  let loss: TensorInfo;
  let statistics: TensorInfo;
  if (numClasses <= FEW_CLASSES) {
    statistics = noStatistics(webgl, batch);
    loss = runProgram(webgl, new FewClassesLossProgram(batch), inputs, [numClasses]);
  } else {
    statistics = statisticsOf(webgl, matrix);
    const windows = statistics.shape[1] / 2;
    const program = new LossProgram(batch);
    loss = runProgram(webgl, program, [...inputs, statistics], [numClasses, windows]);
  }
  webgl.disposeIntermediateTensorInfo(matrix);
  return [{...loss, shape: labels.shape}, statistics];
}
