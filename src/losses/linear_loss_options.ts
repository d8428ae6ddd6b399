import type {Tensor, TensorLike} from '@tensorflow/tfjs-core';

import {SPARSE_LOSS_OPTIONS, type SparseLossOptions} from './sparse_loss_options';

/** The layer beyond its kernel, by how many rows it is taken, and the options of the loss. */
export interface LinearLossOptions extends SparseLossOptions {
  /** float32 `[classes]`, added to every row of logits. By default there is none. */
  bias?: Tensor | TensorLike | undefined;
  /** Whether the kernel is `[classes, units]`, as an embedding is; by default false. */
  transposeKernel?: boolean | undefined;
  /**
   * How many rows of logits are alive at once; by default so many that they take 16 to 32 MB, or one.
   */
  chunkSize?: number | undefined;
}

/** The names of `LinearLossOptions`. */
export const LINEAR_LOSS_OPTIONS: readonly string[] = [
  ...SPARSE_LOSS_OPTIONS,
  'bias',
  'transposeKernel',
  'chunkSize',
];
