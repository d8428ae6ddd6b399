/**
 * The names by which ops find kernels and the tape finds gradients, with their inputs and outputs.
 *
 * A backend writes two kernels, Loss and Grad, and a third, Sum, where tf.js's own sums do not
 * hold. For Loss and Grad, the last axis of `features` is the classes and every axis before it the
 * batch, as for tf.js's Softmax kernel. So the op needs no reshape.
 *
 * Per row, with x the row, y its label, K classes and p = softmax(x), one formula serves the plain
 * loss and every option:
 *
 *   dfeatures[j] = a p[j] - b (j == y) - c          a, b, c: three numbers a row
 *
 * The plain loss has a = b = dy and c = 0. Label smoothing s has a = dy, b = (1 - s) dy and c = dy
 * s / K. A z-loss k adds k lse^2 to the loss, lse = logsumexp(x); since d lse / dx = p it has a =
 * dy (1 + 2 k lse). An ignored row has a = b = c = 0, and is exactly 0 even where p is NaN.
 */
import {type KernelConfig, type TensorInfo, util} from '@tensorflow/tfjs-core';

/**
 * TensorFlow's op, outputs [loss, backprop]. It is made from Loss and Grad, once for all backends.
 *
 *   features float32 [batch, classes], labels int32 [batch]
 *   -> loss float32 [batch], backprop float32 [batch, classes] = softmax(features) - onehot(labels)
 */
export const SparseSoftmaxCrossEntropyWithLogits = 'SparseSoftmaxCrossEntropyWithLogits';
export type SparseSoftmaxCrossEntropyWithLogitsInputs = {features: TensorInfo; labels: TensorInfo};

/**
 * The loss, and the statistics from which the backend's Grad makes the gradient.
 *
 *   features float32 [..., classes], labels int32 [...]
 *   -> loss float32 [...], statistics float32 of a shape of the backend's own
 *
 * loss = (1 - s) (lse - x[y]) + s (lse - mean(x)) + k lse^2, with lse = logsumexp(x), s =
 * labelSmoothing and k = zLoss; exactly 0 where the label is `ignoreClass`.
 *
 * With two numbers a row as statistics, for any shift,
 *
 *   softmax(x)[j] = exp(x[j] - shift) / sumExp,   sumExp = sum_j exp(x[j] - shift)
 *   logsumexp(x)  = shift + log(sumExp)
 *
 * They are two numbers because shift + log(sumExp) as one float32 would lose 3e-5 at logits of a
 * thousand.
 */
export const SparseSoftmaxCrossEntropyLoss = 'SparseSoftmaxCrossEntropyLoss';
export type SparseSoftmaxCrossEntropyLossInputs = {features: TensorInfo; labels: TensorInfo};
export type SparseSoftmaxCrossEntropyLossAttrs = {
  /** The label of ignored rows. By default no row is ignored. */
  ignoreClass?: number;
  /** The share of the target that all classes get alike, in [0, 1]; by default 0. */
  labelSmoothing?: number;
  /** The factor of logsumexp(x)^2 in the loss, 0 or more; by default 0. */
  zLoss?: number;
};

/**
 * The gradient of the loss, scaled row by row, in one pass and one buffer.
 *
 *   dy float32 of the shape of labels, and the inputs and the statistics of Loss
 *   -> dfeatures float32 of the shape of features = a p[j] - b (j == y) - c
 *
 * with a = dy (1 + 2 zLoss lse), b = labelScale dy, c = uniformScale dy. With all three attributes
 * 0 and a dy of 1 it is softmax itself, which gradients of higher order need.
 */
export const SparseSoftmaxCrossEntropyGrad = 'SparseSoftmaxCrossEntropyGrad';
export type SparseSoftmaxCrossEntropyGradInputs = {
  dy: TensorInfo;
  features: TensorInfo;
  labels: TensorInfo;
  statistics: TensorInfo;
};
export type SparseSoftmaxCrossEntropyGradAttrs = {
  /** The label whose row is exactly 0. By default no row is. */
  ignoreClass?: number;
  /** b / dy: the target of the label's own class beyond that of the others; by default 1. */
  labelScale?: number;
  /** c / dy: the target of every class; by default 0. */
  uniformScale?: number;
  /** The factor of logsumexp(x)^2 in the loss; by default 0. */
  zLoss?: number;
};

/**
 * The sums over the middle axis of x, wrong by 3e-6 at most for 16 million terms.
 *
 *   x float32, seen as [outer, terms, inner] -> float32 [outer, inner], in the shape `shape`
 *
 * A backend without this kernel adds by tf.js's ops, see gradients/sum_terms.ts.
 */
export const SparseSoftmaxCrossEntropySum = 'SparseSoftmaxCrossEntropySum';
export type SparseSoftmaxCrossEntropySumInputs = {x: TensorInfo};
/** The sizes of x as three axes, the middle one of which is summed, and the shape of the sums. */
export type SparseSoftmaxCrossEntropySumAttrs = {
  readonly outer: number;
  readonly terms: number;
  readonly inner: number;
  readonly shape: number[];
};

/**
 * The configuration of a backend's Loss kernel. Its functions are not kernels, because ops call
 * them before any kernel runs. A copy made by `tf.copyRegisteredKernels` keeps them.
 */
export interface LossKernelConfig extends KernelConfig {
  readonly kernelName: typeof SparseSoftmaxCrossEntropyLoss;
  /**
   * @throws InvalidArgumentError for a label outside [0, classes) that is in main memory, or in
   *     debug mode on a GPU, and for more classes than the device tells apart; Error for a lost
   *     device.
   */
  readonly refuse: (labels: TensorInfo, numClasses: number, ignoreClass?: number) => void;
  /** Counts the labels that are not `ignoreClass`, for a backend that holds them in main memory. */
  readonly countLabels?: (labels: TensorInfo, ignoreClass: number) => number;
}

/** The configuration of a backend's Grad kernel. */
export interface GradKernelConfig extends KernelConfig {
  readonly kernelName: typeof SparseSoftmaxCrossEntropyGrad;
}

/**
 * A backend's kernels. The name type rejects a wrong line in register.ts at compile time.
 */
export interface BackendKernels<Name extends string> {
  readonly loss: LossKernelConfig & {readonly backendName: Name};
  readonly grad: GradKernelConfig & {readonly backendName: Name};
  /** Long sums, if tf.js's own are wrong on the backend or slow. */
  readonly sum?: KernelConfig & {readonly backendName: Name};
  /** TensorFlow's op, if the backend brings it; otherwise Loss and Grad make it. */
  readonly withLogits?: KernelConfig & {readonly backendName: Name};
}

/** The last axis is the classes, every axis before it the batch. */
export interface Sizes {
  readonly batch: number;
  readonly numClasses: number;
}

/**
 * The sizes of logits of any rank. `| 0` lets V8 use integer loops: a shape made from an array with
 * a fraction or NaN holds doubles, and they cost up to 1.7 times the time as loop indices.
 */
export function sizesOf({shape}: Pick<TensorInfo, 'shape'>): Sizes {
  return {
    batch: util.sizeFromShape(shape.slice(0, -1)) | 0,
    numClasses: shape[shape.length - 1] | 0,
  };
}
