import {TARGET_OPTIONS, type TargetOptions} from '../ops/target_options';
import {LOSS_OPTIONS, type LossOptions} from './compute_weighted_loss';

/** How the loss is reduced and named, and what the targets are. */
export interface SparseLossOptions extends LossOptions, TargetOptions {}

/** The names of `SparseLossOptions`. */
export const SPARSE_LOSS_OPTIONS: readonly string[] = [...LOSS_OPTIONS, ...TARGET_OPTIONS];
