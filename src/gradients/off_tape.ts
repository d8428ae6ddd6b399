import {engine} from '@tensorflow/tfjs-core';

/**
 * Runs kernels whose outputs are constants to the tape, as those are that a kernel runs inside itself.
 *
 * `tf.customGrad` alone would do it too, but what its function saves beside inputs and output counts
 * as a leak to the engine's own check.
 */
export function offTape<T>(fn: () => T): T {
  const {state} = engine();
  state.kernelDepth++;
  try {
    return fn();
  } finally {
    state.kernelDepth--;
  }
}
