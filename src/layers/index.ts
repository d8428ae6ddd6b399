/** The entry `tfjs-sparse-softmax-cross-entropy/layers`: integer targets for models of tf.layers. */
import {registerKernels} from '../register';

registerKernels();

export {compileSparse, type CompileSparseArgs, type LayersModelLike} from './compile_sparse';
export type {Loss, PerOutput} from './per_output';
export {
  sparseCategoricalCrossentropy,
  type SparseCategoricalCrossentropyOptions,
  type SparseLoss,
} from './sparse_categorical_crossentropy';
