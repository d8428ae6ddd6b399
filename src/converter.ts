/**
 * TensorFlow's op in graphs that tensorflowjs_converter has converted.
 *
 * @module tfjs-sparse-softmax-cross-entropy/converter
 */
import type {Tensor} from '@tensorflow/tfjs-core';

import {ValueError} from './errors';
import {SparseSoftmaxCrossEntropyWithLogits} from './kernel_names';
import {rawOps} from './ops/raw_ops';
import {registerKernels} from './register';

registerKernels();

/** `tf.registerOp`, as far as it is needed. */
export type RegisterOp = (name: string, opFunc: (node: {inputs: Tensor[]}) => Tensor[]) => void;

/**
 * Teaches `tf.loadGraphModel` TensorFlow's op, with both outputs, loss and backprop.
 *
 * ```js
 * registerGraphModelOp(tf.registerOp);
 * const load = () => tf.loadGraphModel('model.json');
 * ```
 *
 * The function is passed in because every copy of tfjs-converter has a registry of its own: this must
 * be the one from which `loadGraphModel` comes. Calling it again changes nothing. Without it a graph
 * with the op loads, and fails when it runs.
 *
 * int64 labels of a graph are int32 in tf.js, double logits float32. tensorflowjs_converter needs
 * `--skip_op_check` for a graph with this op. In the body of a `tf.cond` or a `tf.while_loop` that was
 * not lowered, tfjs-converter reaches the first output only, and takes it for backprop too.
 *
 * @param registerOp `tf.registerOp`.
 * @throws ValueError if that is not a function.
 */
export function registerGraphModelOp(registerOp: RegisterOp): void {
  if (typeof registerOp !== 'function') {
    throw new ValueError(
      `registerGraphModelOp: takes tf.registerOp, the function itself, got ${typeof registerOp}. ` +
        '@tensorflow/tfjs and @tensorflow/tfjs-converter have it, tfjs-core has not.',
    );
  }
  registerOp(SparseSoftmaxCrossEntropyWithLogits, ({inputs: [features, labels]}) =>
    rawOps.sparseSoftmaxCrossEntropyWithLogits({features, labels}),
  );
}
