import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';

import {defineSum} from '../define_kernels';
import {checkDevice} from './check_device';
import {runProgram} from './rows_program';
import {MAX_TERMS, stageUniforms, SumProgram} from './sum_gpu';

/**
 * In stages of 256 terms: one dispatch up to 256, two up to 65,536, three up to 16 million.
 *
 * tf.js has no sum that would do. Its threads add one after the other in float32. Its matrix
 * product, by which columns could be added, multiplies the numbers behind the last row by 0. So one
 * NaN or Infinity in the last column makes every column NaN.
 */
export const sparseSoftmaxCrossEntropySumConfig = defineSum<'webgpu', WebGPUBackend>({
  backendName: 'webgpu',
  compute: ({x, backend, outer, terms, inner}) => {
    checkDevice(backend);
    let [sums, left] = [x, terms];
    do {
      const input = sums;
      const stage = {outer, terms: left, blocks: Math.ceil(left / MAX_TERMS), inner};
      try {
        const shape = [outer, stage.blocks, inner];
        sums = runProgram(backend, new SumProgram(stage), [input], stageUniforms(stage), shape);
      } finally {
        if (input !== x) backend.disposeData(input.dataId);
      }
      left = stage.blocks;
    } while (left > 1);
    return {...sums, shape: [outer, inner]};
  },
});
