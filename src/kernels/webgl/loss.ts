import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

import {sizesOf} from '../../sizes';
import {checkNumClasses} from './check_classes';
import {checkContext} from './check_context';
import {FewClassesLossProgram} from './few_classes_loss_gpu';
import {LossProgram} from './loss_gpu';
import {asPackedMatrix, asVector} from './matrix';
import {lossOnCpu, runsOnCpu} from './on_cpu';
import {runProgram} from './run_program';
import {withScope} from './scope';
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
  checkNumClasses(numClasses); // For who runs the kernel by its name, past the op and its checks.
  checkContext(webgl, [features, labels]);
  if (runsOnCpu(webgl, [features, labels])) {
    return [lossOnCpu(webgl, features, labels), noStatistics(webgl, batch)];
  }
  return withScope(webgl, (scope) => {
    const matrix = asPackedMatrix(webgl, features, scope);
    const inputs = [matrix, asVector(labels)];
    if (numClasses <= FEW_CLASSES) {
      const program = new FewClassesLossProgram(batch);
      const loss = runProgram(webgl, program, inputs, [numClasses]);
      return [{...loss, shape: labels.shape}, noStatistics(webgl, batch)];
    }
    const statistics = scope.output(statisticsOf(webgl, matrix));
    const windows = statistics.shape[1] / 2;
    const program = new LossProgram(batch);
    const loss = runProgram(webgl, program, [...inputs, statistics], [numClasses, windows]);
    return [{...loss, shape: labels.shape}, statistics];
  });
}
