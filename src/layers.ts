/** The entry `tfjs-sparse-softmax-cross-entropy/layers`: integer targets for models of tf.layers. */
import {registerKernels} from './register';

registerKernels();

export {
  compileSparse,
  type CompileSparseArgs,
  type LayersModelLike,
  type Loss,
  type PerOutput,
} from './layers/compile_sparse';
export {
  sparseCategoricalCrossentropy,
  type SparseCategoricalCrossentropyOptions,
  type SparseLoss,
} from './layers/sparse_categorical_crossentropy';
