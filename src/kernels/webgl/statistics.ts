/**
 * What Loss hands on to Grad, as a matrix: the statistics of each window of each row, which are put
 * together only if Grad is asked for. StatisticsProgram says what is in it.
 */
import type {TensorInfo} from '@tensorflow/tfjs-core';
import type {MathBackendWebGL} from '@tensorflow/tfjs-backend-webgl';

import {sizesOf} from '../../kernel_names';
import {checkStatistics} from '../check_statistics';
import {runProgram} from './scope';
import {deficitScaleOf} from './statistics_glsl';
import {StatisticsProgram} from './statistics_gpu';

export function statisticsOf(
  webgl: MathBackendWebGL,
  matrix: TensorInfo,
  withDeficit: boolean,
): TensorInfo {
  const {batch, numClasses} = sizesOf(matrix);
  const windows = windowsPerRow(batch, numClasses, withDeficit ? 1 : 2);
  const program = new StatisticsProgram(batch, windows, withDeficit);
  const deficitScale = deficitScaleOf(numClasses);
  return runProgram(webgl, program, [matrix], {numClasses, windows, deficitScale});
}

/** [batch, 0]: Grad makes them itself. */
export function noStatistics(webgl: MathBackendWebGL, batch: number): TensorInfo {
  return webgl.makeTensorInfo([batch, 0], 'float32', new Float32Array(0));
}

/** How a matrix of statistics is laid out: its uniforms. */
export interface Layout {
  readonly windows: number;
  readonly rowsPerTexel: number;
}

/** @throws Error if another backend made them: those of cpu have another rank or an odd last dimension. */
export function layoutOf(statistics: TensorInfo, batch: number): Layout {
  const windows = Math.floor(statistics.shape[1] / 2);
  const rowsPerTexel = statistics.shape[0] === batch ? 2 : 1;
  checkStatistics(statistics, [(2 * batch) / rowsPerTexel, 2 * windows]);
  return {windows, rowsPerTexel};
}

/** Enough fragments to keep a GPU busy; the statistics of so many take 0.26 MB, 16 bytes each. */
const FRAGMENTS = 16384;

/** A fragment reads at least so many logits where its rows have them, or it costs more than it does. */
const MIN_LOGITS = 64;

/** Whoever puts the windows of a row together reads them one after the other. */
const MAX_WINDOWS = 512;

/**
 * Into how many windows each row is cut, so that few long rows are read by many fragments. More
 * fragments than FRAGMENTS come of more rows alone, one window each.
 */
function windowsPerRow(batch: number, numClasses: number, rowsPerFragment: number): number {
  const most = FRAGMENTS / Math.ceil(batch / rowsPerFragment);
  const useful = (rowsPerFragment * numClasses) / MIN_LOGITS;
  return Math.max(1, Math.floor(Math.min(most, useful, MAX_WINDOWS)));
}
