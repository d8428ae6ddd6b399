import {
  type GradKernelConfig,
  SparseSoftmaxCrossEntropyGrad,
  type SparseSoftmaxCrossEntropyGradInputs,
} from '../../kernel_names';
import {checkStatistics} from '../check_statistics';
import {matrixShape, multiply, reshape} from './node_kernels';

/** [dy, features, labels, statistics] -> dfeatures = dy * backprop, which is the statistics. */
export const sparseSoftmaxCrossEntropyGradConfig = {
  kernelName: SparseSoftmaxCrossEntropyGrad,
  backendName: 'tensorflow',
  kernelFunc: ({inputs, backend}) => {
    const {dy, features, statistics: backprop} = inputs as SparseSoftmaxCrossEntropyGradInputs;
    const [batch, numClasses] = matrixShape(features);
    checkStatistics(backprop, [batch, numClasses]);
    const column = reshape(backend, dy, [batch, 1]);
    const product = multiply(backend, column, backprop);
    column.dispose();
    if (features.shape.length === 2) return product;
    const shaped = reshape(backend, product, features.shape);
    product.dispose();
    return shaped;
  },
} as const satisfies GradKernelConfig;
