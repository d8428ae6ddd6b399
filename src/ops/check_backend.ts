import type {TensorInfo} from '@tensorflow/tfjs-core';

import {sizesOf} from '../sizes';
import {lossKernel} from './loss_kernel';

/**
 * Asks the current backend what it refuses, before anything has run.
 *
 * The engine is bypassed: under tf.profile and in debug mode it turns what a kernel throws into an
 * error of its own.
 */
export function checkBackend(labels: TensorInfo, logits: TensorInfo, ignoreClass?: number): void {
  lossKernel().refuse(labels, sizesOf(logits).numClasses, ignoreClass);
}
