import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

import {sizesOf} from '../../sizes';
import {runProgram} from './run_program';
import {StatisticsProgram} from './statistics_gpu';
import {windowsPerRow} from './windows';

/** float32 [batch, 2 * windows]: what Loss hands on to Grad. Put together only if Grad is asked for. */
export function statisticsOf(webgl: MathBackendWebGL, matrix: TensorInfo): TensorInfo {
  const {batch, numClasses} = sizesOf(matrix);
  const windows = windowsPerRow(batch, numClasses);
  const program = new StatisticsProgram(batch, windows);
  return runProgram(webgl, program, [matrix], [numClasses, windows]);
}

/** [batch, 0]: Grad makes them itself. */
export function noStatistics(webgl: MathBackendWebGL, batch: number): TensorInfo {
  return webgl.makeTensorInfo([batch, 0], 'float32', new Float32Array(0));
}
