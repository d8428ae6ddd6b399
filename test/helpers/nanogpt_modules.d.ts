/**
 * The modules of @genai-fi/nanogpt, for a checkout that has not fetched it. Where it has, these are
 * not read.
 */
declare module '*/dist/training/sparseCrossEntropy.js' {
  import type {Tensor} from '@tensorflow/tfjs';

  export function createSoftmaxCrossEntropyWithGrad(
    masked?: boolean,
    keepBatch?: boolean,
    labelSmoothing?: number,
  ): (...args: Tensor[]) => Tensor;
}
declare module '*/dist/ops/webgpu/gatherSub.js';
declare module '*/dist/ops/webgpu/scatterSub.js';
