/** The entry `tfjs-sparse-softmax-cross-entropy/layers`: integer targets for models of tf.layers. */
import {registerKernels} from './register';

registerKernels();

export {compileSparse, type CompileSparseArgs, type LayersModelLike} from './layers/compile_sparse';
export type {Loss, PerOutput} from './layers/per_output';
export {
  sparseCategoricalCrossentropy,
  type SparseCategoricalCrossentropyOptions,
  type SparseLoss,
} from './layers/sparse_categorical_crossentropy';
