/** A linear loss from its arguments: conversions, checks, names in a Graph. */
import type {Tensor, TensorLike} from '@tensorflow/tfjs-core';

import {toLossAttrs} from '../../arguments/options';
import {floatsToTensor, labelsToTensor, reshapedTo} from '../../arguments/to_tensor';
import {offTape} from '../../gradients/tape';
import {sizesOf} from '../../kernel_names';
import {checkGiven, checkSparseLoss} from '../check_sparse_loss';
import {
  inLossScope,
  nameWeightedLoss,
  SPARSE_LOSS_SCOPE,
  takeSparseLossNames,
} from '../graph/loss_names';
import {weightAndReduceCounted} from '../ignored_labels';
import {
  LINEAR_LOSS_OPTIONS,
  type LinearLossOptions,
  type Weights,
  weightsAndOptions,
  type WithWeights,
} from '../options';
import {Reduction} from '../reduction';
import {squeezed} from '../weights';
import {checkChunkSize, checkLinearLayer, checkTransposeKernel} from './check_layer';
import {defaultChunkSize} from './chunks';
import {linearLoss} from './gradient';
import {logitsInfo} from './layer';
import type {LossOutputs} from './linear_loss';

/** The arguments as the caller passed them. */
export interface LinearLossCall {
  readonly labels: Tensor | TensorLike;
  readonly inputs: Tensor | TensorLike;
  readonly kernel: Tensor | TensorLike;
  readonly weightsOrOptions: Weights | WithWeights<LinearLossOptions> | undefined;
  readonly lastOptions: LinearLossOptions | undefined;
  readonly withPredictions: boolean;
}

/** @throws ValueError and InvalidArgumentError before any kernel runs. */
export function checkedLinearLoss(call: LinearLossCall): LossOutputs {
  const {labels, inputs, kernel, withPredictions} = call;
  const {weights, options} = weightsAndOptions(
    call.weightsOrOptions,
    call.lastOptions,
    LINEAR_LOSS_OPTIONS,
  );
  const {bias, transposeKernel = false, chunkSize, ignoreClass} = options;
  const attrs = toLossAttrs(options);
  checkTransposeKernel(transposeKernel);
  checkChunkSize(chunkSize);
  checkGiven({labels, inputs, kernel});
  let predictions: Tensor | undefined;
  const loss = inLossScope(SPARSE_LOSS_SCOPE, options, (graph) => {
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

    const classIds = offTape(() => reshapedTo($labels, infos.labels.shape)); // Labels have no gradient.
    const outputs = linearLoss({
      ...layer,
      labels: classIds,
      attrs,
      chunkSize: chunkSize ?? defaultChunkSize(logits),
      numClasses: sizesOf(logits).numClasses,
      weights: weightsOf(classIds),
      isScalar: key !== Reduction.NONE,
      withPredictions,
      reduce: (losses, weights, labels) =>
        weightAndReduceCounted(losses, weights, {labels, ignoreClass}, key),
    });
    if (graph) nameWeightedLoss(graph, outputs.loss, key, outputs.loss, weights);
    predictions = outputs.predictions;
    return outputs.loss;
  });
  return {loss, predictions};
}
