/** Runs functions as one node of the tape, off the tape, or on a tape of their own. */
import {customGrad, engine, type GradSaveFunc, type Tensor} from '@tensorflow/tfjs-core';

/**
 * A function of `inputs` with a gradient of its own: `tf.customGrad` with types.
 *
 * The gradient maps dy and the saved tensors to a gradient for each input. It may use what `gradient`
 * closes over, but a tensor that an outer gradient differentiates must be among the saved ones.
 */
export function withGradient(
  inputs: Tensor[],
  fn: (inputs: Tensor[]) => Tensor,
  saved: Tensor[],
  gradient: (dy: Tensor, saved: Tensor[]) => Tensor[],
): Tensor {
  return customGrad((...args) => {
    const save = args.pop() as GradSaveFunc;
    save(saved);
    return {
      value: fn(args as Tensor[]),
      gradFunc: (dy: Tensor, saved: Tensor[]) => backward(() => gradient(dy, saved)),
    };
  })(...inputs);
}

/**
 * Runs a gradient function. If it throws, disposes what the tape has saved: tf.js does so only after
 * a backward pass that succeeds. A wasm heap without room for a gradient is the usual reason.
 *
 * At a higher order the tape is still that of a forward pass, whose caller may go on.
 */
function backward<T>(gradFunc: () => T): T {
  const {state} = engine();
  try {
    return gradFunc();
  } catch (error) {
    if (state.gradientDepth === 0) {
      for (const {saved = []} of state.activeTape ?? []) saved.forEach((each) => each.dispose());
      state.activeTape = [];
    }
    throw error;
  }
}

/**
 * Runs fn without recording it on the tape.
 *
 * `tf.customGrad` alone would do it too, but the engine's own check counts what its function saves
 * beside inputs and output as a leak.
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

/**
 * Runs fn, which differentiates, on a tape of its own: inside a gradient, or inside a function that is
 * being differentiated.
 *
 * On the caller's tape the nodes would keep their saved tensors until that tape ends, and for good if
 * an error ends it. The result of fn is a constant to the caller's tape.
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
