/** The options of the losses. They may come in the place of weights, with `weights` among them. */
import type * as tf from '@tensorflow/tfjs-core';
import type {Tensor, TensorLike} from '@tensorflow/tfjs-core';

import {describe, isRecord} from '../arguments/describe';
import {checkOptions, TARGET_OPTIONS, type TargetOptions} from '../arguments/options';
import {ValueError} from '../errors';
import type {ReductionKey} from './reduction';

/** The reduction of a loss, and its name and collection in the default `Graph`, if there is one. */
export interface LossOptions {
  /** The scope of names in the default `Graph`. */
  scope?: string | null | undefined;
  /** The collection of the default `Graph` that the loss goes to; `null` for none. */
  lossCollection?: string | null | undefined;
  /** One of `losses.Reduction`, or of `tf.Reduction`; by default `SUM_BY_NONZERO_WEIGHTS`. */
  reduction?: ReductionKey | tf.Reduction | undefined;
}

/** The reduction and the name of the loss, its targets, and the weights of the classes. */
export interface SparseLossOptions extends LossOptions, TargetOptions {
  /**
   * `[classes]`: the weight of a label is multiplied by the weight of its class. An ignored label
   * has the weight 0. By default every class has the weight 1.
   */
  classWeights?: Tensor | TensorLike | undefined;
}

/** The bias and the form of the layer, its chunks of rows, and the options of the loss. */
export interface LinearLossOptions extends SparseLossOptions {
  /** float32 `[classes]`, added to every row of logits. By default there is none. */
  bias?: Tensor | TensorLike | undefined;
  /** Whether the kernel is `[classes, units]`, the form of an embedding; by default false. */
  transposeKernel?: boolean | undefined;
  /**
   * The number of rows of logits in memory at once. By default they take 12 to 23 MB, or are one
   * row.
   */
  chunkSize?: number | undefined;
}

/** Weights of a loss: a number, or a tensor that broadcasts to the losses. */
export type Weights = number | Tensor | TensorLike;

/** Options in the place of weights. */
export type WithWeights<Options extends LossOptions> = Options & {
  /** A number, or a tensor that broadcasts to the losses; by default 1. */
  weights?: Weights | undefined;
};

/** The options of a scalar loss: any reduction except `NONE`. */
export type ToScalar<Options extends LossOptions> = Options & {
  /** Any except `NONE`. */
  reduction?: Exclude<Options['reduction'], 'none' | tf.Reduction.NONE>;
};

/** The names of `LossOptions`. */
export const LOSS_OPTIONS: readonly string[] = ['scope', 'lossCollection', 'reduction'];

/** The names of `SparseLossOptions`. */
export const SPARSE_LOSS_OPTIONS: readonly string[] = [
  ...LOSS_OPTIONS,
  ...TARGET_OPTIONS,
  'classWeights',
];

/** The names of `LinearLossOptions`. */
export const LINEAR_LOSS_OPTIONS: readonly string[] = [
  ...SPARSE_LOSS_OPTIONS,
  'bias',
  'transposeKernel',
  'chunkSize',
];

/**
 * The weights and the checked options of a call. The options come last, or in the place of weights
 * with `weights` among them.
 *
 * @throws ValueError for an unknown option, for a scope or a collection that is no string, and for
 *     weights or options that are given twice.
 */
export function weightsAndOptions<Options extends LossOptions>(
  weights: Weights | WithWeights<Options> | undefined,
  options: Options | undefined,
  names: readonly string[],
): {weights: Weights; options: Options} {
  if (isRecord(weights)) {
    if (options !== undefined) {
      throw new ValueError(
        `Pass the options once: got ${describe(weights)} and after it ${describe(options)}.`,
      );
    }
    const {weights: given = 1, ...rest} = weights as WithWeights<LossOptions>;
    checkLossOptions(rest, [...names, 'weights']);
    return {weights: given, options: rest as Options};
  }
  if (isRecord(options) && 'weights' in options) {
    throw new ValueError(
      'Pass weights by position or among the options, not both: `options` has `weights` too.',
    );
  }
  const {weights: given = 1, options: rest = {} as Options} = {weights, options};
  checkLossOptions(rest, names);
  return {weights: given as Weights, options: rest};
}

function checkLossOptions(options: LossOptions, names: readonly string[]): void {
  checkOptions(options, names);
  checkString('scope', options.scope);
  checkString('lossCollection', options.lossCollection);
}

function checkString(name: string, value: unknown): void {
  if (value != null && typeof value !== 'string') {
    throw new ValueError(`\`${name}\` must be a string, got ${describe(value)}.`);
  }
}
