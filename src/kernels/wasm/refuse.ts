import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';
import {backend, type TensorInfo, util} from '@tensorflow/tfjs-core';

import {refuseLabels} from '../../arguments/labels';
import {simdKernels} from './simd';
import {addressOf} from './values';

/**
 * Checks the labels in the heap. If one is outside [0, numClasses), reads them for the message.
 */
export function refuse(labels: TensorInfo, numClasses: number, ignoreClass?: number): void {
  const wasm = backend() as BackendWasm;
  const batch = util.sizeFromShape(labels.shape);
  const simd = simdKernels(wasm);
  if (!simd?.labelsFit(addressOf(wasm, labels), batch, numClasses, ignoreClass ?? NaN)) {
    refuseLabels(labels, numClasses, ignoreClass);
  }
}
