/**
 * The statistics of this backend: float32 [batch, 2], which is shift and sumExp of each row.
 *
 *   sumExp = sum_j exp(x[j] - shift)
 *
 * JavaScript and TensorFlow's ops choose different shifts. Each can read the other's statistics.
 */
import {type TensorInfo, util} from '@tensorflow/tfjs-core';

export function statisticsShape(labels: TensorInfo): [number, number] {
  return [util.sizeFromShape(labels.shape), 2];
}

/** The shift of each row, or undefined if all of them are 0. */
export function shiftsOf(statistics: Float32Array): Float32Array | undefined {
  if (statistics.every((number, i) => i % 2 === 1 || number === 0)) return undefined;
  const shifts = new Float32Array(statistics.length / 2);
  for (let row = 0; row < shifts.length; row++) shifts[row] = statistics[2 * row];
  return shifts;
}
