import {
  type LossKernelConfig,
  SparseSoftmaxCrossEntropyLoss,
  type SparseSoftmaxCrossEntropyLossInputs,
} from '../../kernel_names';
import {refuseLabels} from '../refuse_labels';
import {executeNativeOp, type TensorFlowBackend} from './native_op';
import {asMatrixAndVector, reshape} from './node_kernels';

/**
 * [features, labels] -> [loss, statistics]. The native op has computed the gradient with the loss:
 * its backprop [batch, classes] is the statistics, and nothing is computed twice.
 */
export const sparseSoftmaxCrossEntropyLossConfig = {
  kernelName: SparseSoftmaxCrossEntropyLoss,
  backendName: 'tensorflow',
  refuse: refuseLabels,
  kernelFunc: ({inputs, backend}) => {
    const {features, labels} = inputs as SparseSoftmaxCrossEntropyLossInputs;
    const [loss, backprop] = asMatrixAndVector(backend, features, labels, (matrix, vector) =>
      executeNativeOp(backend as TensorFlowBackend, matrix, vector),
    );
    if (labels.shape.length === 1) return [loss, backprop];
    const shaped = reshape(backend, loss, labels.shape);
    loss.dispose();
    return [shaped, backprop];
  },
} as const satisfies LossKernelConfig;
