/**
 * Integer targets for models of tf.layers. Start with {@link compileSparse}, in place of
 * `model.compile`.
 *
 * @module tfjs-sparse-softmax-cross-entropy/layers
 */
import {registerKernels} from '../register';

registerKernels();

export {compileSparse, type CompileSparseArgs} from './compile_sparse';
export type {LayersModelLike} from './compiled';
export type {HitRate, IsHit} from './hit_rate';
export type {Loss, Metrics, PerOutput} from './per_output';
export {
  sparseCategoricalCrossentropy,
  type SparseCategoricalCrossentropyOptions,
  type SparseLoss,
} from './sparse_categorical_crossentropy';
export {
  sparseTopKCategoricalAccuracy,
  type SparseTopKCategoricalAccuracyOptions,
} from './sparse_top_k_categorical_accuracy';
