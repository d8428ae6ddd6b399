/** Not rivals but measures for the contestants. */
import * as tf from '@tensorflow/tfjs';

import type {TensorFlowBackend} from '../../src/kernels/tensorflow/execute_op';
import {executeNativeOp} from '../../src/kernels/tensorflow/native_op';
import type {Loss} from '../shapes';

/**
 * A measure for the contestants: the time to read the logits once and write as many numbers, and to
 * do so again for a gradient. It returns one of the numbers, so that the caller can wait for a GPU.
 */
export const onePass: Loss = (_, logits) =>
  tf.customGrad((x) => ({
    value: tf.slice(tf.neg(x as tf.Tensor), [0, 0], [1, 1]),
    gradFunc: () => tf.neg(x as tf.Tensor),
  }))(logits);

/**
 * Not a rival but the floor of the tensorflow backend: the native op, called through the binding
 * and past the engine. Its second output is the gradient, as long as nobody weights the losses.
 */
export const nativeOp: Loss = (labels, logits) =>
  tf.customGrad((x, save) => {
    const backend = tf.backend() as unknown as TensorFlowBackend;
    const [loss, backprop] = executeNativeOp(backend, x as tf.Tensor, labels);
    (save as tf.GradSaveFunc)([backprop]);
    return {value: loss, gradFunc: (_, [backprop]) => tf.clone(backprop)};
  })(logits);
