/** `tf.compat.v1.losses`, with TensorFlow's names in tf.js's spelling. */
export {
  addLoss,
  getLosses,
  getRegularizationLoss,
  getRegularizationLosses,
  getTotalLoss,
} from './collections';
export {computeWeightedLoss, type LossOptions, type ToScalar} from './compute_weighted_loss';
export {Graph, GraphKeys} from './graph';
export type {LinearLossOptions} from './linear_loss_options';
export {linearSparseSoftmaxCrossEntropy} from './linear_sparse_softmax_cross_entropy';
export {nameScope} from './name_scope';
export {Reduction, type ReductionKey} from './reduction';
export type {SparseLossOptions} from './sparse_loss_options';
export {sparseSoftmaxCrossEntropy} from './sparse_softmax_cross_entropy';
