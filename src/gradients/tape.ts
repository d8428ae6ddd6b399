/** Nodes on the tape, and functions that run off the tape or on a tape of their own. */
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
 * `tf.customGrad`, with types for what it saves. The engine itself runs `value` off the tape, and saves
 * nothing where there is no tape.
 */
export function withGradient<Saved extends Tensor[]>(node: TapeNode<Saved>): Tensor {
  const {inputs, saved, value, gradient} = node;
  return customGrad((...args) => {
    // The engine calls with the inputs, then with the function that saves.
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
