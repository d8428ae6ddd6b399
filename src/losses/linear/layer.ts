/** The last layer of a classifier: logits = inputs kernel + bias, and what it takes back. */
import {add, type Tensor, type TensorInfo} from '@tensorflow/tfjs-core';

import {sumTo} from '../../gradients/sums';
import {sumOfProducts} from './sums';
import {product} from './matrix_product';

export interface LinearLayer {
  /** float32 [batch, units]. */
  readonly inputs: Tensor;
  /** float32 [units, classes], or [classes, units] with `transposeKernel`. */
  readonly kernel: Tensor;
  /** float32 [classes]. */
  readonly bias?: Tensor | undefined;
  readonly transposeKernel: boolean;
}

/** The gradients of a layer, of the shapes of what they belong to. */
export type LayerGradients = {
  readonly inputs: Tensor;
  readonly kernel: Tensor;
  readonly bias?: Tensor | undefined;
};

/** What the logits of inputs [..., units] will be, for the checks, before any product. */
export function logitsInfo({inputs, kernel, transposeKernel}: LinearLayer): TensorInfo {
  const {dataId, dtype, shape}: TensorInfo = inputs;
  const [rows, columns] = kernel.shape;
  return {dataId, dtype, shape: [...shape.slice(0, -1), transposeKernel ? rows : columns]};
}

/** float32 [batch, classes]. */
export function logitsOf({inputs, kernel, bias, transposeKernel}: LinearLayer): Tensor {
  const products = product(inputs, kernel, false, transposeKernel);
  if (bias === undefined) return products;
  const logits = add(products, bias);
  products.dispose();
  return logits;
}

/**
 * With logits = x k + b and g their gradient
 *
 *   d x = g k^T      d k = x^T g      d b = 1^T g
 *
 * and for logits = x k^T + b
 *
 *   d x = g k        d k = g^T x      d b = 1^T g
 */
export function layerGradients(
  {inputs, kernel, bias, transposeKernel}: LinearLayer,
  dlogits: Tensor,
): LayerGradients {
  return {
    inputs: product(dlogits, kernel, false, !transposeKernel),
    kernel: transposeKernel ? sumOfProducts(dlogits, inputs) : sumOfProducts(inputs, dlogits),
    bias: bias && sumTo(dlogits, bias.shape),
  };
}
