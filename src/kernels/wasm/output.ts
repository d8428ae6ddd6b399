import type {BackendWasm} from '@tensorflow/tfjs-backend-wasm';
import {type TensorInfo, util} from '@tensorflow/tfjs-core';

import {addressOf} from './values';

/** The heap has 32-bit addresses. malloc reads a larger size modulo this. */
const HEAP_LIMIT = 2 ** 32;

/**
 * float32 outputs of these shapes.
 *
 * In a full heap malloc returns 0, which tf.js uses as an address: a kernel would overwrite the
 * start of the heap. So all outputs are checked before any is written.
 *
 * @throws Error if the heap has no room, after disposing all outputs.
 */
export function makeOutputs(wasm: BackendWasm, ...shapes: number[][]): TensorInfo[] {
  const sizes = shapes.map((shape) => util.sizeFromShape(shape) * Float32Array.BYTES_PER_ELEMENT);
  if (sizes.every((size) => size < HEAP_LIMIT)) {
    const outputs = shapes.map((shape) => wasm.makeOutput(shape, 'float32'));
    if (outputs.every((output) => addressOf(wasm, output) !== 0)) return outputs;
    for (const {dataId} of outputs) wasm.disposeData(dataId);
  }
  throw new Error(
    'Pass fewer rows at a time, or use losses.linearSparseSoftmaxCrossEntropy, which never stores ' +
      `all logits. The heap of the wasm backend, at most 4 GB, has no room for ${sizes.join(' + ')} ` +
      `bytes of the shape ${shapes.map((shape) => `[${shape}]`).join(' + ')}.`,
  );
}
