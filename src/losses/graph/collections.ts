/** The losses of the default graph: tensorflow/python/ops/losses/util.py. */
import {addN, clone, type Scalar, scalar, Tensor} from '@tensorflow/tfjs-core';

import {ValueError} from '../../errors';
import {getDefaultGraph} from './graph';
import {GraphKeys} from './graph_keys';

/**
 * Adds any loss to a collection of the default `Graph`. Without one it does nothing, as TensorFlow
 * in eager execution.
 *
 * Source: `tf.compat.v1.losses.add_loss`.
 *
 * @param loss a tensor of any shape.
 * @param lossCollection the collection; `null` or '' for none.
 * @param options `name`: a name for the tensor, made unique in the current scope. A filter by scope
 *     finds only tensors with a name.
 * @throws ValueError if `loss` is no tensor.
 */
export function addLoss(
  loss: Tensor,
  lossCollection: string | null = GraphKeys.LOSSES,
  options: {name?: string | undefined} = {},
): void {
  if (!(loss instanceof Tensor)) {
    throw new ValueError('`loss` must be a tensor: call a function before adding what it returns.');
  }
  const graph = getDefaultGraph();
  if (!graph || !lossCollection) return;
  if (options.name !== undefined) graph.setName(loss, options.name);
  graph.addToCollection(lossCollection, loss);
}

/**
 * The losses collected in the default `Graph`, or none if there is no such graph.
 *
 * Source: `tf.compat.v1.losses.get_losses`.
 *
 * @param scope a regular expression that names must match from their start, see
 *     `Graph.getCollection`.
 * @param lossCollection the collection.
 */
export function getLosses(
  scope?: string | null,
  lossCollection: string = GraphKeys.LOSSES,
): Tensor[] {
  return getDefaultGraph()?.getCollection(lossCollection, scope) ?? [];
}

/**
 * The losses of the collection 'regularization_losses'.
 *
 * Source: `tf.compat.v1.losses.get_regularization_losses`.
 *
 * @param scope see `getLosses`.
 */
export function getRegularizationLosses(scope?: string | null): Tensor[] {
  return getLosses(scope, GraphKeys.REGULARIZATION_LOSSES);
}

/**
 * The sum of the regularization losses; 0 if there are none.
 *
 * Source: `tf.compat.v1.losses.get_regularization_loss`.
 *
 * @param scope see `getLosses`.
 * @param name the name of the sum in the graph.
 * @returns float32 of the shape of the losses.
 * @throws ValueError if the shapes or dtypes of the losses differ, or one is disposed.
 */
export function getRegularizationLoss<O extends Tensor = Scalar>(
  scope?: string | null,
  name = 'total_regularization_loss',
): O {
  const losses = getRegularizationLosses(scope);
  return (losses.length > 0 ? addAll(losses, name) : named(scalar(0), 'Const')) as O;
}

/**
 * The sum of the losses of the collection 'losses' and, by default, of the regularization losses:
 * the loss for `optimizer.minimize`.
 *
 * Source: `tf.compat.v1.losses.get_total_loss`.
 *
 * @param addRegularizationLosses whether to add the regularization losses.
 * @param name the name of the sum in the graph.
 * @param scope filters both collections, see `getLosses`.
 * @returns float32 of the shape of the losses.
 * @throws ValueError if there is no loss, so also without a default `Graph`; if the shapes or
 *     dtypes of the losses differ; or if one is disposed.
 */
export function getTotalLoss<O extends Tensor = Scalar>(
  addRegularizationLosses = true,
  name = 'total_loss',
  scope?: string | null,
): O {
  const regularization = addRegularizationLosses ? getRegularizationLosses(scope) : [];
  return addAll([...getLosses(scope), ...regularization], name) as O;
}

function addAll(losses: Tensor[], name: string): Tensor {
  if (losses.length === 0) {
    throw new ValueError(
      'Inputs must be an iterable of at least one Tensor/IndexedSlices with the same dtype and ' +
        'shape. No loss was collected. Losses are collected inside new losses.Graph().asDefault(fn).',
    );
  }
  losses.forEach(checkUsable);
  const [first] = losses;
  const otherDtype = losses.find(({dtype}) => dtype !== first.dtype);
  if (otherDtype) {
    throw new ValueError(
      'Inputs must be an iterable of at least one Tensor/IndexedSlices with the same dtype and ' +
        `shape, but are ${first.dtype} and ${otherDtype.dtype}.`,
    );
  }
  const other = losses.find(({shape}) => `${shape}` !== `${first.shape}`);
  if (other) {
    throw new ValueError(
      `Shapes must be equal, but are [${first.shape}] and [${other.shape}]: ` +
        'reduce each loss to a scalar before adding them up.',
    );
  }
  return named(losses.length === 1 ? clone(first) : addN(losses), name);
}

function checkUsable(loss: Tensor): void {
  if (loss.isDisposed) {
    const name = getDefaultGraph()?.nameOf(loss);
    throw new ValueError(
      `The collected loss${name ? ` '${name}'` : ''} is disposed: the tf.tidy it was made in has ` +
        'ended. Take the total in the same tidy, and a new Graph for every step.',
    );
  }
}

function named(tensor: Tensor, name: string): Tensor {
  getDefaultGraph()?.setName(tensor, name);
  return tensor;
}
