/** The last layer of a classifier: logits = inputs kernel + bias, and its gradients. */
import {add, slice, type Tensor, type TensorInfo, tidy} from '@tensorflow/tfjs-core';

import {sumTo} from '../../gradients/sums';
import {product, sumOfProducts} from './matrix_products';

export interface LinearLayer {
  /** float32 [batch, units]. */
  readonly inputs: Tensor;
  /** float32 [units, classes], or [classes, units] with `transposeKernel`. */
  readonly kernel: Tensor;
  /** float32 [classes]. */
  readonly bias?: Tensor | undefined;
  readonly transposeKernel: boolean;
}

/** The tensors of a layer that have a gradient. */
export type LayerVariable = 'inputs' | 'kernel' | 'bias';

/** The shape and the dtype of the logits of inputs [..., units], for checks before any product. */
export function logitsInfo({inputs, kernel, transposeKernel}: LinearLayer): TensorInfo {
  const {dataId, dtype, shape}: TensorInfo = inputs;
  const [rows, columns] = kernel.shape;
  return {dataId, dtype, shape: [...shape.slice(0, -1), transposeKernel ? rows : columns]};
}

/** float32 [batch, classes]. */
export function logitsOf({inputs, kernel, bias, transposeKernel}: LinearLayer): Tensor {
  const products = product(inputs, kernel, transposeKernel);
  if (bias === undefined) return products;
  const logits = add(products, bias);
  products.dispose();
  return logits;
}

/**
 * The gradient of one variable, of its shape. With logits = x k + b and g their gradient
 *
 *   d x = g k^T      d k = x^T g      d b = 1^T g
 *
 * and for logits = x k^T + b
 *
 *   d x = g k        d k = g^T x      d b = 1^T g
 *
 * The gradient of the kernel comes in blocks of `blockRows` rows, the others as one block.
 */
export function layerGradient(
  variable: LayerVariable,
  {inputs, kernel, transposeKernel}: LinearLayer,
  dlogits: Tensor,
  blockRows: number,
): Tensor[] {
  switch (variable) {
    case 'inputs':
      return [product(dlogits, kernel, !transposeKernel)];
    case 'kernel':
      return transposeKernel
        ? productInBlocks(dlogits, inputs, blockRows)
        : productInBlocks(inputs, dlogits, blockRows);
    case 'bias':
      return [sumTo(dlogits, dlogits.shape.slice(1))];
  }
}

/** The rows of a^T b, in blocks. */
function productInBlocks(a: Tensor, b: Tensor, blockRows: number): Tensor[] {
  const [batch, rows] = a.shape;
  if (rows <= blockRows) return [sumOfProducts(a, b)];
  return Array.from({length: Math.ceil(rows / blockRows)}, (_, i) => {
    const begin = i * blockRows;
    const size = Math.min(blockRows, rows - begin);
    return tidy(() => sumOfProducts(slice(a, [0, begin], [batch, size]), b));
  });
}
