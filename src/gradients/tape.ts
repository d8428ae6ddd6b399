/** Nodes on the tape, and functions that run off the tape or on a separate tape. */
import {customGrad, engine, type GradSaveFunc, type Tensor} from '@tensorflow/tfjs-core';

/** A node on the tape: its inputs, its value, and its gradient from tensors that the tape saves. */
interface TapeNode<Saved extends Tensor[]> {
  /** The tensors that have a gradient. */
  readonly inputs: Tensor[];
  /** The tensors that `gradient` reads. */
  readonly saved: [...Saved];
  /** Runs off the tape. */
  readonly value: () => Tensor;
  /** One gradient for each input, or the gradient of the only one. It can be differentiated. */
  readonly gradient: (dy: Tensor, ...saved: Saved) => Tensor | Tensor[];
}

/**
 * `tf.customGrad`, with types for the saved tensors. The engine runs `value` off the tape, and
 * saves nothing if there is no tape.
 */
export function withGradient<Saved extends Tensor[]>(node: TapeNode<Saved>): Tensor {
  const {inputs, saved, value, gradient} = node;
  return customGrad((...args) => {
    // The engine passes the inputs, then the function that saves tensors.
    const save = args[inputs.length] as GradSaveFunc;
    save(saved);
    return {
      value: value(),
      gradFunc: (dy: Tensor, saved: Tensor[]) =>
        backward(() => gradient(dy, ...(saved as [...Saved]))),
    };
  })(...inputs);
}

/**
 * Runs a gradient function. If it throws, disposes the tensors that the tape has saved. tf.js does
 * so only after a backward pass that succeeds. The usual reason is a full wasm heap.
 *
 * At a higher order the tape belongs to a forward pass, and its caller may go on.
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
 * `tf.customGrad` would do so too, but the engine's leak check counts its saved tensors, except
 * inputs and output, as a leak.
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
 * Runs fn, which differentiates, on a separate tape, inside a gradient or inside a function that is
 * being differentiated.
 *
 * On the caller's tape, the nodes would keep their saved tensors until that tape ends, or forever
 * if an error ends it. To the caller's tape the result of fn is a constant.
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
