/**
 * The statistics that Loss hands on to Grad: a packed float32 matrix with a texel for each window.
 *
 *   plain      [batch, 2 * windows]      (shift, sumOfSmaller) of two rows to a texel
 *   smoothing  [2 * batch, 2 * windows]  (shift, sumOfSmaller, gapSum, count) of one row to a texel
 *   none       [batch, 0]                after few classes, or without the GPU: Grad makes them
 *
 * The windows of a row are combined where they are needed, by each program that needs them.
 */
import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

import {sizesOf} from '../../kernel_names';
import {runProgram} from './scope';
import {gapScaleOf} from './statistics_glsl';
import {StatisticsProgram} from './statistics_gpu';
import {windowsPerRow} from './windows';

export function statisticsOf(
  webgl: MathBackendWebGL,
  logits: TensorInfo,
  withGap: boolean,
): TensorInfo {
  const {batch, numClasses} = sizesOf(logits);
  const windows = windowsPerRow(batch, numClasses, withGap ? 1 : 2);
  const program = new StatisticsProgram(batch, windows, withGap);
  return runProgram(webgl, program, [logits], {
    numClasses,
    windows,
    gapScale: gapScaleOf(numClasses),
  });
}

export function noStatistics(webgl: MathBackendWebGL, batch: number): TensorInfo {
  return webgl.makeTensorInfo([batch, 0], 'float32', new Float32Array(0));
}

/** The layout of a matrix of statistics, as uniforms. */
export interface Layout {
  readonly windows: number;
  readonly rowsPerTexel: number;
}

export function layoutOf(statistics: TensorInfo, batch: number): Layout {
  const windows = Math.floor(statistics.shape[1] / 2);
  const rowsPerTexel = statistics.shape[0] === batch ? 2 : 1;
  return {windows, rowsPerTexel};
}
