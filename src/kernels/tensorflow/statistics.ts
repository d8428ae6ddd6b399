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

/** The shift of each row. */
export function shiftsOf(statistics: Float32Array): Float32Array {
  return Float32Array.from({length: statistics.length / 2}, (_, row) => statistics[2 * row]);
}
