/**
 * `tf.compat.v1.losses`, with TensorFlow's names in tf.js's spelling, and the fused linear layer.
 *
 * @module losses
 */
export {
  addLoss,
  getLosses,
  getRegularizationLoss,
  getRegularizationLosses,
  getTotalLoss,
} from './graph/collections';
export {computeWeightedLoss} from './compute_weighted_loss';
export {Graph} from './graph/graph';
export {GraphKeys} from './graph/graph_keys';
export {linearSparseSoftmaxCrossEntropy} from './linear/linear_sparse_softmax_cross_entropy';
export {
  linearSparseSoftmaxCrossEntropyWithPredictions,
  type LossAndPredictions,
} from './linear/linear_sparse_softmax_cross_entropy_with_predictions';
export type {
  LinearLossOptions,
  LossOptions,
  SparseLossOptions,
  ToScalar,
  Weights,
  WithWeights,
} from './options';
export {nameScope} from './graph/name_scope';
export {Reduction, type ReductionKey} from './reduction';
export {sparseSoftmaxCrossEntropy} from './sparse_softmax_cross_entropy';
