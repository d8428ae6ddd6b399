import type {WebGPUBackend} from '@tensorflow/tfjs-backend-webgpu';

import {defineSum} from '../define_kernels';
import {checkDevice} from './check_device';
import {MAX_TERMS, SumProgram} from './sum_gpu';
import {runProgram} from './threads_program';
import {intUniform} from './uniforms';

/**
 * In stages of 256 terms: one dispatch up to 256, two up to 65,536, three up to 16 million.
 *
 * tf.js has no sum that would do. Its threads add one after the other in float32. Its matrix
 * product, by which columns could be added, multiplies the numbers behind the last row by 0. So one
 * NaN or Infinity in the last column makes every column NaN.
 */
export const sparseSoftmaxCrossEntropySumConfig = defineSum<'webgpu', WebGPUBackend>({
  backendName: 'webgpu',
  compute: ({x, backend, outer, terms, inner, shape}) => {
    checkDevice(backend);
    let [sums, left] = [x, terms];
    do {
      const input = sums;
      const blocks = Math.ceil(left / MAX_TERMS);
      const size = outer * blocks * inner;
      const uniforms = [size, left, blocks, inner].map(intUniform);
      const ofBlocks = [outer, blocks, inner];
      try {
        sums = runProgram(backend, new SumProgram(size), [input], uniforms, ofBlocks);
      } finally {
        if (input !== x) backend.disposeData(input.dataId);
      }
      left = blocks;
    } while (left > 1);
    return {...sums, shape};
  },
});
