import {engine} from '@tensorflow/tfjs-core';

/**
 * Runs a gradient function. If it throws, disposes what the tape has saved: tf.js does so only after
 * a backward pass that succeeds. A wasm heap without room for a gradient is the usual reason.
 *
 * At a higher order the tape is still that of a forward pass, whose caller may go on.
 */
export function backward<T>(gradFunc: () => T): T {
  const {state} = engine();
  try {
    return gradFunc();
  } catch (error) {
    if (state.gradientDepth === 0) {
      for (const {saved = []} of state.activeTape ?? [])
        saved.forEach((tensor) => tensor.dispose());
      state.activeTape = [];
    }
    throw error;
  }
}
