import type {TensorInfo} from '@tensorflow/tfjs-core';

import {sizesOf} from '../../kernel_names';

/**
 * Up to so many logits, rows in JavaScript are faster than TensorFlow's ops. Each op costs 5 to 20
 * microseconds before it computes anything, and Loss and Grad call ten of them.
 */
export const MAX_SIZE_IN_JAVASCRIPT = 16384;

export function runsInJavaScript(features: TensorInfo): boolean {
  const {batch, numClasses} = sizesOf(features);
  return batch * numClasses <= MAX_SIZE_IN_JAVASCRIPT;
}
