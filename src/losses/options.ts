/** The options of the losses, and their names for `checkOptions`. */
import type {Reduction as TfReduction, Tensor, TensorLike} from '@tensorflow/tfjs-core';

import {TARGET_OPTIONS, type TargetOptions} from '../arguments/options';
import type {ReductionKey} from './reduction';

/** How a loss is reduced, and its name and place in the default `Graph`, where there is one. */
export interface LossOptions {
  /** The scope of names in the default `Graph`. */
  scope?: string | null | undefined;
  /** The collection of the default `Graph` that the loss goes to; `null` for none. */
  lossCollection?: string | null | undefined;
  /** One of `losses.Reduction`, or of `tf.Reduction`; by default `SUM_BY_NONZERO_WEIGHTS`. */
  reduction?: ReductionKey | TfReduction | undefined;
}

/** The same options where the loss is a scalar: with any reduction but `NONE`. */
export type ToScalar<Options extends LossOptions> = Options & {
  /** Any but `NONE`. */
  reduction?: Exclude<Options['reduction'], 'none' | TfReduction.NONE>;
};

/** The names of `LossOptions`. */
export const LOSS_OPTIONS: readonly string[] = ['scope', 'lossCollection', 'reduction'];

/** How the loss is reduced and named, and what the targets are. */
export interface SparseLossOptions extends LossOptions, TargetOptions {}

/** The names of `SparseLossOptions`. */
export const SPARSE_LOSS_OPTIONS: readonly string[] = [...LOSS_OPTIONS, ...TARGET_OPTIONS];

/** The layer beyond its kernel, by how many rows it is taken, and the options of the loss. */
export interface LinearLossOptions extends SparseLossOptions {
  /** float32 `[classes]`, added to every row of logits. By default there is none. */
  bias?: Tensor | TensorLike | undefined;
  /** Whether the kernel is `[classes, units]`, as an embedding is; by default false. */
  transposeKernel?: boolean | undefined;
  /**
   * How many rows of logits are alive at once; by default so many that they take 18 to 36 MB, or one.
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
