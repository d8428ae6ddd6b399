import {type TensorInfo, util} from '@tensorflow/tfjs-core';

/** The last axis is the classes, every axis before it the batch. */
export interface Sizes {
  readonly batch: number;
  readonly numClasses: number;
}

/**
 * Of logits of any rank. Integers to the engine too: a shape that comes from an array with a fraction
 * or NaN in it holds doubles, and loop indices in doubles cost up to 1.7 times as much.
 */
export function sizesOf({shape}: Pick<TensorInfo, 'shape'>): Sizes {
  return {
    batch: util.sizeFromShape(shape.slice(0, -1)) | 0,
    numClasses: shape[shape.length - 1] | 0,
  };
}
