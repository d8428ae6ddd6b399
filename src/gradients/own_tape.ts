import {engine} from '@tensorflow/tfjs-core';

/**
 * Differentiates with a tape of its own, at any depth: inside a gradient, and inside what is being
 * differentiated.
 *
 * On the tape of the caller the nodes would keep what they saved until that tape ends, and for good
 * where an error ends it. What `fn` returns is a constant to the caller's tape.
 */
export function onOwnTape<T>(fn: () => T): T {
  const {state} = engine();
  const {activeTape, gradientDepth, kernelDepth} = state;
  Object.assign(state, {activeTape: null, gradientDepth: 0, kernelDepth: 0});
  try {
    return fn();
  } finally {
    Object.assign(state, {activeTape, gradientDepth, kernelDepth});
  }
}
