import type {Tensor} from '@tensorflow/tfjs-core';

import {addLoss} from './collections';
import {getDefaultGraph, type Graph, GraphKeys} from './graph';
import type {LossOptions} from './loss_options';

/**
 * Runs a loss in its name scope and adds what it returns to its collection. Both matter only inside a
 * default graph.
 */
export function inLossScope(
  defaultScope: string,
  {scope, lossCollection = GraphKeys.LOSSES}: LossOptions,
  lossIn: (graph: Graph | undefined) => Tensor,
): Tensor {
  const graph = getDefaultGraph();
  const run = () => {
    const loss = lossIn(graph);
    addLoss(loss, lossCollection);
    return loss;
  };
  return graph ? graph.withNameScope(scope ?? defaultScope, run) : run();
}
