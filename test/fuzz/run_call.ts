/** Runs a call forward and backward, and checks that nothing is left over. */
import * as tf from '@tensorflow/tfjs';

export interface Numbers {
  readonly value: ArrayLike<number>;
  readonly gradients: ReadonlyArray<ArrayLike<number>>;
}

/** The value of `call` without a tape, and its gradients for `inputs` times `dy`. */
export async function runCall(
  call: (...inputs: tf.Tensor[]) => tf.Tensor,
  inputs: tf.Tensor[],
  dy: tf.Tensor,
): Promise<Numbers> {
  const before = tf.memory().numTensors;
  const alone = call(...inputs);
  const {value, grads} = tf.valueAndGrads(call)(inputs, dy);
  const outputs = [alone, value, ...grads];
  const leaked = tf.memory().numTensors - before - outputs.length;
  if (leaked !== 0) throw new Error(`leaked ${leaked} tensors`);

  const [ofCall, numbers, ...gradients] = await Promise.all(outputs.map((output) => output.data()));
  const differing = numbers.findIndex((number, i) => !Object.is(number, ofCall[i]));
  if (differing >= 0) {
    throw new Error(
      `[${differing}] ${ofCall[differing]} without a tape, ${numbers[differing]} with one`,
    );
  }
  tf.dispose(outputs);
  return {value: numbers, gradients};
}
