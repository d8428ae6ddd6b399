/**
 * The names under which ops find kernels and the tape finds gradients, and what goes in and out.
 *
 * Loss and Grad read the last axis of `features` as the classes and every axis before it as the
 * batch, as tf.js's own Softmax kernel does, so that the op above them needs no reshape: one call
 * of the op is one kernel.
 */
import type {TensorInfo} from '@tensorflow/tfjs-core';

/**
 * TensorFlow's op, outputs [loss, backprop].
 *
 *   features float32 [batch, classes], labels int32 [batch]
 *   -> loss float32 [batch], backprop float32 [batch, classes] = softmax(features) - onehot(labels)
 */
export const SparseSoftmaxCrossEntropyWithLogits = 'SparseSoftmaxCrossEntropyWithLogits';
export type SparseSoftmaxCrossEntropyWithLogitsInputs = {features: TensorInfo; labels: TensorInfo};

/**
 * The loss alone, and what the backend needs to make the gradient without starting anew.
 *
 *   features float32 [..., classes], labels int32 [...]
 *   -> loss float32 [...], statistics float32 of a shape of the backend's own
 *
 * With two numbers a row as statistics, for any rowShift,
 *
 *   softmax(row)[j] = exp(row[j] - rowShift) / rowSumExp,  rowSumExp = sum_j exp(row[j] - rowShift)
 *
 * They are kept apart because one float32 of rowShift + log(rowSumExp) would lose 3e-5 at logits
 * of a thousand.
 */
export const SparseSoftmaxCrossEntropyLoss = 'SparseSoftmaxCrossEntropyLoss';
export type SparseSoftmaxCrossEntropyLossInputs = {features: TensorInfo; labels: TensorInfo};

/**
 * dy times the gradient of the loss, in one pass and one buffer.
 *
 *   dy float32 of the shape of labels, and the inputs and the statistics of Loss
 *   -> dfeatures float32 of the shape of features = dy * (softmax(features) - onehot(labels))
 */
export const SparseSoftmaxCrossEntropyGrad = 'SparseSoftmaxCrossEntropyGrad';
export type SparseSoftmaxCrossEntropyGradInputs = {
  dy: TensorInfo;
  features: TensorInfo;
  labels: TensorInfo;
  statistics: TensorInfo;
};

/**
 * No output: throws where a label is outside [0, numClasses). Ops call it before anything runs.
 * Only backends that hold labels in main memory have it; the others answer such a label with NaN,
 * since reading labels back from a GPU would cost more than the loss.
 */
export const SparseSoftmaxCrossEntropyCheckLabels = 'SparseSoftmaxCrossEntropyCheckLabels';
export type SparseSoftmaxCrossEntropyCheckLabelsInputs = {labels: TensorInfo};
export type SparseSoftmaxCrossEntropyCheckLabelsAttrs = {numClasses: number};

/**
 * No output: throws where the device cannot tell numClasses labels apart. Ops call it before
 * anything runs. Only backends whose devices differ in that have it.
 */
export const SparseSoftmaxCrossEntropyCheckClasses = 'SparseSoftmaxCrossEntropyCheckClasses';
export type SparseSoftmaxCrossEntropyCheckClassesAttrs = {numClasses: number};
