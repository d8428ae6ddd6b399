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

/** The type of `tf.registerOp`, as far as this package needs it. */
export type RegisterOp = (name: string, opFunc: (node: {inputs: Tensor[]}) => Tensor[]) => void;

/**
 * Teaches `tf.loadGraphModel` TensorFlow's op, with both outputs, loss and backprop.
 *
 * ```js
 * registerGraphModelOp(tf.registerOp);
 * const load = () => tf.loadGraphModel('model.json');
 * ```
 *
 * The caller passes the function because each copy of tfjs-converter has its own registry. Pass it
 * from the copy whose `loadGraphModel` you call. A second call changes nothing. Without the call, a
 * graph with the op loads, but fails when it runs.
 *
 * In tf.js, int64 labels of a graph become int32, and double logits float32. tensorflowjs_converter
 * needs `--skip_op_check` for a graph with this op. In the body of a `tf.cond` or a `tf.while_loop`
 * that was not lowered, tfjs-converter gives the first output for backprop too.
 *
 * @param registerOp `tf.registerOp`.
 * @throws ValueError if that is not a function.
 */
export function registerGraphModelOp(registerOp: RegisterOp): void {
  if (typeof registerOp !== 'function') {
    throw new ValueError(
      `registerGraphModelOp: takes tf.registerOp, the function itself, got ${typeof registerOp}. ` +
        '@tensorflow/tfjs and @tensorflow/tfjs-converter have it, tfjs-core does not.',
    );
  }
  registerOp(SparseSoftmaxCrossEntropyWithLogits, ({inputs: [features, labels]}) =>
    rawOps.sparseSoftmaxCrossEntropyWithLogits({features, labels}),
  );
}
