import {op, type Scalar, type Tensor, type TensorLike} from '@tensorflow/tfjs-core';

import {toLossAttrs} from '../../arguments/options';
import {offTape} from '../../gradients/tape';
import {sizesOf} from '../../kernel_names';
import {labelsToTensor, floatsToTensor} from '../../arguments/to_tensor';
import {checkChunkSize, checkLinearLayer, checkTransposeKernel} from './check_layer';
import {checkGiven, checkSparseLoss} from '../check_sparse_loss';
import {weightAndReduceCounted} from '../ignored_labels';
import {
  inLossScope,
  nameWeightedLoss,
  SPARSE_LOSS_SCOPE,
  takeSparseLossNames,
} from '../graph/loss_names';
import {defaultChunkSize} from './chunks';
import {logitsInfo} from './layer';
import {linearLoss} from './gradient';
import {
  LINEAR_LOSS_OPTIONS,
  type LinearLossOptions,
  type ToScalar,
  type Weights,
  weightsAndOptions,
  type WithWeights,
} from '../options';
import {Reduction} from '../reduction';
import {reshapedTo, squeezed} from '../weights';

/**
 * The loss of a classifier's last layer, which never holds its logits: what
 *
 *   losses.sparseSoftmaxCrossEntropy(labels, tf.add(tf.matMul(inputs, kernel), bias), weights, options)
 *
 * computes, by chunks of rows. With 50,257 classes and 2,048 rows the logits are 412 MB and their
 * gradient as much again; here it is a chunk of each.
 *
 * ```js
 * const labels = tf.tensor1d([1, 0, 2], 'int32');
 * const inputs = tf.tensor2d([[1, 0], [0, 1], [1, 1]]);
 * const kernel = tf.tensor2d([[0, 3, 1], [2, 0, 1]]);
 * losses.linearSparseSoftmaxCrossEntropy(labels, inputs, kernel).print();
 * // Tensor
 * //     0.7096322178840637
 * const embedding = tf.transpose(kernel); // [classes, units]
 * const options = {transposeKernel: true, bias: [0, 1, 2]};
 * losses.linearSparseSoftmaxCrossEntropy(labels, inputs, embedding, 1, options).print();
 * // Tensor
 * //     0.830930769443512
 * ```
 *
 * Gradient: for inputs, kernel, bias and weights, to any order; none for labels. Where a gradient is
 * taken (`tf.grad`, `optimizer.minimize` ...) and the loss is a scalar, those of inputs, kernel
 * and bias are made with the loss, chunk by chunk, whether they are asked for or not. With
 * `Reduction.NONE` the way back makes the logits again, chunk by chunk. A gradient of a gradient holds all
 * logits. TensorFlow has no such loss.
 *
 * NaN or Infinity in the `inputs` of an ignored row makes the gradient of the kernel NaN, as in
 * `tf.matMul`. Loss, the gradient of inputs and that of the bias stay right.
 *
 * @function
 * @param labels as for `sparseSoftmaxCrossEntropy`: int32 `[d0, ..., dn]` or `[d0, ..., dn, 1]`.
 * @param inputs float32 `[d0, ..., dn, units]`.
 * @param kernel float32 `[units, classes]`, or `[classes, units]` with `transposeKernel`.
 * @param weights as for `sparseSoftmaxCrossEntropy`.
 * @param options see `LinearLossOptions`.
 * @returns float32 in nats: a scalar, or for `Reduction.NONE` of the shape of labels.
 * @throws ValueError for shapes of inputs, kernel and bias that do not fit, InvalidArgumentError where
 *     one is not float32; then what `sparseSoftmaxCrossEntropy` throws.
 */
export const linearSparseSoftmaxCrossEntropy = op({linearSparseSoftmaxCrossEntropy_});

function linearSparseSoftmaxCrossEntropy_(
  labels: Tensor | TensorLike,
  inputs: Tensor | TensorLike,
  kernel: Tensor | TensorLike,
  weights?: Weights,
  options?: ToScalar<LinearLossOptions>,
): Scalar;
function linearSparseSoftmaxCrossEntropy_(
  labels: Tensor | TensorLike,
  inputs: Tensor | TensorLike,
  kernel: Tensor | TensorLike,
  options: ToScalar<WithWeights<LinearLossOptions>>,
): Scalar;
function linearSparseSoftmaxCrossEntropy_(
  labels: Tensor | TensorLike,
  inputs: Tensor | TensorLike,
  kernel: Tensor | TensorLike,
  weights?: Weights,
  options?: LinearLossOptions,
): Tensor;
function linearSparseSoftmaxCrossEntropy_(
  labels: Tensor | TensorLike,
  inputs: Tensor | TensorLike,
  kernel: Tensor | TensorLike,
  options: WithWeights<LinearLossOptions>,
): Tensor;
function linearSparseSoftmaxCrossEntropy_(
  labels: Tensor | TensorLike,
  inputs: Tensor | TensorLike,
  kernel: Tensor | TensorLike,
  weightsOrOptions?: Weights | WithWeights<LinearLossOptions>,
  lastOptions?: LinearLossOptions,
): Tensor {
  const {weights, options} = weightsAndOptions(weightsOrOptions, lastOptions, LINEAR_LOSS_OPTIONS);
  const {bias, transposeKernel = false, chunkSize, ignoreClass} = options;
  const attrs = toLossAttrs(options);
  checkTransposeKernel(transposeKernel);
  checkChunkSize(chunkSize);
  checkGiven({labels, inputs, kernel});
  return inLossScope(SPARSE_LOSS_SCOPE, options, (graph) => {
    const $labels = labelsToTensor(labels, 'labels');
    const layer = {
      inputs: floatsToTensor(inputs, 'inputs'),
      kernel: floatsToTensor(kernel, 'kernel'),
      bias: bias == null ? undefined : floatsToTensor(bias, 'bias'),
      transposeKernel,
    };
    checkLinearLayer(layer);
    const logits = logitsInfo(layer);
    const infos = squeezed($labels, logits);
    const {key, weightsOf} = checkSparseLoss({given: labels, ...infos}, weights, options);
    if (graph) takeSparseLossNames(graph);

    const classIds = offTape(() => reshapedTo($labels, infos.labels)); // Labels have no gradient.
    const loss = linearLoss({
      ...layer,
      labels: classIds,
      attrs,
      chunkSize: chunkSize ?? defaultChunkSize(logits),
      numClasses: sizesOf(logits).numClasses,
      weights: weightsOf(classIds),
      isScalar: key !== Reduction.NONE,
      reduce: (losses, weights, labels) =>
        weightAndReduceCounted(losses, weights, {labels, ignoreClass}, key),
    });
    if (graph) nameWeightedLoss(graph, loss, key, loss, weights);
    return loss;
  });
}
