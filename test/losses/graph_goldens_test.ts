/** Names and collections, step by step as TensorFlow's graph had them: scripts/goldens/graph.py. */
import * as tf from '@tensorflow/tfjs';

import {losses, ValueError} from '../../src/index';
import golden from '../goldens/graph.json';
import {describeEachBackend} from '../helpers/backends';

interface Step {
  readonly do: string;
  readonly name?: string;
  readonly steps?: readonly Step[];
  readonly dtype?: 'float32' | 'int32';
  readonly value?: number;
  readonly scope?: string | null;
  readonly collection?: string | null;
  readonly options?: {
    readonly scope?: string;
    readonly name?: string;
    readonly reduction?: losses.ReductionKey;
    readonly collection?: string | null;
    readonly weights?: 'number' | 'tensor';
    readonly add_regularization_losses?: boolean;
  };
  readonly answer?: unknown;
  readonly error?: string;
}

const LOGITS = [[10, 0, 0], [0, 10, 0], [0, 0, 10]]; // prettier-ignore

function run(graph: losses.Graph, steps: readonly Step[]): void {
  for (const step of steps) {
    if (step.error) {
      expect(() => answerTo(graph, step))
        .withContext(JSON.stringify(step))
        .toThrowError(ValueError);
    } else {
      expect(answerTo(graph, step)).withContext(JSON.stringify(step)).toEqual(step.answer);
    }
  }
}

function answerTo(graph: losses.Graph, step: Step): unknown {
  const {scope, reduction, collection, weights, name} = step.options ?? {};
  const options = {scope, reduction, lossCollection: collection};
  const summed = (loss: tf.Tensor) => ({
    name: graph.nameOf(loss),
    value: loss.dataSync()[0],
  });
  switch (step.do) {
    case 'loss': {
      const $weights = weights === 'tensor' ? tf.tensor1d([1, 2, 3]) : 1;
      const loss = losses.sparseSoftmaxCrossEntropy([0, 1, 2], LOGITS, $weights, options);
      return graph.nameOf(loss);
    }
    case 'weighted': {
      const values = tf.tensor1d([1, 2], step.dtype);
      return graph.nameOf(losses.computeWeightedLoss(values, 1, options));
    }
    case 'constant': {
      const constant = tf.scalar(step.value!);
      losses.addLoss(constant, step.collection ?? 'unseen', {name: step.name});
      return graph.nameOf(constant);
    }
    case 'scope':
      return losses.nameScope(step.name!, (name) => {
        run(graph, step.steps!);
        return name;
      });
    case 'collected':
      return losses.getLosses(step.scope, step.collection!).map((loss) => graph.nameOf(loss));
    case 'total': {
      const add = step.options?.add_regularization_losses;
      return summed(losses.getTotalLoss(add, name, scope));
    }
    case 'regularization':
      return summed(losses.getRegularizationLoss(scope, name));
    default:
      throw new Error(`an unknown step: ${step.do}`);
  }
}

describeEachBackend(`a Graph agrees with TensorFlow ${golden.tensorflow}`, () => {
  for (const {name, steps} of golden.scripts as {name: string; steps: Step[]}[]) {
    it(`on names and collections: ${name}`, () => {
      const graph = new losses.Graph();
      graph.asDefault(() => run(graph, steps));
    });
  }
});
