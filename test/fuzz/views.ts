/** Ways to a tensor of given values: kernels must not tell them apart. */
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';

type Dtype = 'float32' | 'int32';
type Make = (values: readonly number[], shape: number[], dtype: Dtype) => tf.Tensor;

/** Around the values of a slice. As a label it is invalid, as a logit larger than most. */
const OUTSIDE = 77_777;

const plain: Make = (values, shape, dtype) => tf.tensor([...values], shape, dtype);

/** The values between two other rows. */
const rowsOfMore: Make = (values, shape, dtype) => {
  const size = values.length / shape[0];
  const outside = new Array<number>(size).fill(OUTSIDE);
  const more = plain([...outside, ...values, ...outside], [shape[0] + 2, ...shape.slice(1)], dtype);
  return tf.slice(more, [1, ...shape.slice(1).map(() => 0)], shape);
};

/** The values between two other columns. */
const columnsOfMore: Make = (values, shape, dtype) => {
  const size = shape[shape.length - 1];
  const more = Array.from({length: values.length / size}, (_, row) => [
    OUTSIDE,
    ...values.slice(row * size, (row + 1) * size),
    OUTSIDE,
  ]).flat();
  const begin = shape.map((_, axis) => (axis === shape.length - 1 ? 1 : 0));
  return tf.slice(plain(more, [...shape.slice(0, -1), size + 2], dtype), begin, shape);
};

/** The last axis was the first. */
const transposed: Make = (values, shape, dtype) => {
  const size = shape[shape.length - 1];
  const batch = values.length / size;
  const columns = Array.from(values, (_, i) => values[(i % batch) * size + Math.floor(i / batch)]);
  const turned = plain(columns, [size, ...shape.slice(0, -1)], dtype);
  return tf.transpose(
    turned,
    [...shape.keys()].map((axis) => (axis + 1) % shape.length),
  );
};

const reshaped: Make = (values, shape, dtype) =>
  tf.reshape(plain(values, [values.length], dtype), shape);

/** The output of another op. */
const joined: Make = (values, shape, dtype) => {
  const half = Math.floor(values.length / 2);
  const [first, second] = [values.slice(0, half), values.slice(half)];
  const halves = [first, second].map((part) => plain(part, [part.length], dtype));
  return tf.reshape(tf.concat(halves), shape);
};

const views = {plain, rowsOfMore, columnsOfMore, transposed, reshaped, joined};

export type View = keyof typeof views;

export const view: fc.Arbitrary<View> = fc.constantFrom(...(Object.keys(views) as View[]));

/** Only `plain` makes a scalar or an empty tensor. */
export function tensorBy(
  view: View,
  values: readonly number[],
  shape: readonly number[],
  dtype: Dtype = 'float32',
): tf.Tensor {
  const isOrdinary = shape.length > 0 && values.length > 0;
  return views[isOrdinary ? view : 'plain'](values, [...shape], dtype);
}
