/**
 * Start with {@link losses.sparseSoftmaxCrossEntropy}, the mean loss of a classifier. A loss for
 * each label is {@link sparseSoftmaxCrossEntropyWithLogits}. With tens of thousands of classes,
 * take {@link losses.linearSparseSoftmaxCrossEntropy}, which includes the last layer.
 *
 * @module tfjs-sparse-softmax-cross-entropy
 */
import {registerKernels} from './register';

registerKernels();

export {InvalidArgumentError, ValueError} from './errors';
export * as losses from './losses';
export {rawOps} from './ops/raw_ops';
export type {TargetOptions} from './arguments/options';
export {sparseSoftmaxCrossEntropyWithLogits} from './ops/sparse_softmax_cross_entropy_with_logits';
export {registerKernels, supportedBackends} from './register';
