/** Names and collections, step by step as TensorFlow's graph had them: scripts/goldens/graph.py. */
import * as tf from '@tensorflow/tfjs';

import {losses, ValueError} from '../../src/index';
import golden from '../goldens/graph.json';
import {describeBackend} from '../helpers/backends';

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

/** A named sum whose number is still to be read. */
interface Summed {
  readonly context: string;
  readonly loss: tf.Tensor;
  readonly want: number;
}

/** A graph's function is synchronous, so the numbers to be read are put into `sums`. */
function run(graph: losses.Graph, steps: readonly Step[], sums: Summed[]): void {
  for (const step of steps) {
    const context = JSON.stringify(step);
    if (step.error) {
      expect(() => answerTo(graph, step, sums))
        .withContext(context)
        .toThrowError(ValueError);
      continue;
    }
    const answer = answerTo(graph, step, sums);
    if (answer instanceof tf.Tensor) {
      const {name, value} = step.answer as {name: string; value: number};
      expect(graph.nameOf(answer)).withContext(context).toBe(name);
      sums.push({context, loss: answer, want: value});
    } else {
      expect(answer).withContext(context).toEqual(step.answer);
    }
  }
}

function answerTo(graph: losses.Graph, step: Step, sums: Summed[]): unknown {
  const {scope, reduction, collection, weights, name} = step.options ?? {};
  const options = {scope, reduction, lossCollection: collection};
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
        run(graph, step.steps!, sums);
        return name;
      });
    case 'collected':
      return losses.getLosses(step.scope, step.collection!).map((loss) => graph.nameOf(loss));
    case 'total': {
      const add = step.options?.add_regularization_losses;
      return losses.getTotalLoss(add, name, scope);
    }
    case 'regularization':
      return losses.getRegularizationLoss(scope, name);
    default:
      throw new Error(`an unknown step: ${step.do}`);
  }
}

// Names are made without a backend.
describeBackend('cpu', `a Graph agrees with TensorFlow ${golden.tensorflow}`, () => {
  for (const {name, steps} of golden.scripts as {name: string; steps: Step[]}[]) {
    it(`on names and collections: ${name}`, async () => {
      const graph = new losses.Graph();
      const sums: Summed[] = [];
      graph.asDefault(() => run(graph, steps, sums));
      for (const {context, loss, want} of sums) {
        expect((await loss.data())[0])
          .withContext(context)
          .toBe(want);
      }
    });
  }
});
