/**
 * The metrics of compileSparse: which of them class ids allow, and the one that this package adds.
 */
import * as tf from '@tensorflow/tfjs';

import {ValueError} from '../../src/index';
import {
  compileSparse,
  type Metrics,
  sparseCategoricalCrossentropy,
  sparseTopKCategoricalAccuracy,
} from '../../src/layers';
import goldens from '../goldens/layers.json';
import {describeEachBackend, withoutLeakCheckOfKernels} from '../helpers/backends';
import {numbers, toTensor} from '../helpers/goldens';

function sequential(): tf.Sequential {
  const model = tf.sequential();
  const kernelInitializer = tf.initializers.identity({});
  model.add(tf.layers.dense({units: 3, inputShape: [3], kernelInitializer, name: 'ids'}));
  return model;
}

describeEachBackend('sparseTopKCategoricalAccuracy', () => {
  withoutLeakCheckOfKernels();

  for (const {k, yTrue, yPred, hits} of goldens.topK) {
    it(`is Keras's: k=${k} [${yTrue.shape}] ${yPred.values[0]}`, async () => {
      const want = numbers(hits).reduce((a, b) => a + b) / hits.values.length;
      for (const dtype of ['int32', 'float32'] as const) {
        const rate = sparseTopKCategoricalAccuracy({k})(
          tf.cast(toTensor(yTrue), dtype),
          toTensor(yPred),
        );
        expect((await rate.data())[0]).toBeCloseTo(want, 6);
      }
    });
  }

  it('leaves ignored targets out, by its option or that of the loss, over batches too', async () => {
    const xs = tf.tensor2d([1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3], [4, 3]);
    const ys = tf.tensor1d([1, 0, -1, -1], 'int32'); // The first is second best, the next is last.
    const loss = sparseCategoricalCrossentropy({ignoreClass: -1});
    const metrics = [
      sparseTopKCategoricalAccuracy({k: 1}),
      sparseTopKCategoricalAccuracy({k: 2}),
      sparseTopKCategoricalAccuracy(),
      sparseTopKCategoricalAccuracy({k: 2, ignoreClass: 0}),
    ];
    const model = sequential();
    compileSparse(model, {optimizer: 'sgd', loss, metrics});
    expect(model.metricsNames[1]).toBe('sparseTopKCategoricalAccuracy');
    const evaluated = model.evaluate(xs, ys, {batchSize: 2}) as tf.Scalar[];
    const want = [0, 1 / 2, 1, 1 / 3];
    await expectAsync(tf.stack(evaluated.slice(1))).toBeAllClose(want, {absolute: 1e-6});
    model.dispose();
  });
});

describe('the metrics of compileSparse', () => {
  beforeAll(() => tf.setBackend('cpu'));

  /** compileSparse of a model, which is disposed. */
  function compile(metrics: unknown, ignoreClass?: number): () => void {
    return () => {
      const model = sequential();
      const optimizer = tf.train.sgd(1);
      const loss = sparseCategoricalCrossentropy({ignoreClass});
      try {
        compileSparse(model, {optimizer, loss, metrics: metrics as Metrics});
      } finally {
        model.dispose();
        optimizer.dispose();
      }
    };
  }

  const dense = Object.entries(tf.metrics).filter(([name]) => name !== 'sparseCategoricalAccuracy');
  const names = ['precision', 'categoricalAccuracy', 'binaryAccuracy', 'cosine', 'mse', 'MAPE'];

  it('are refused if they compare targets with predictions number by number', () => {
    expect(dense.length).toBeGreaterThan(10);
    for (const metric of [...dense.map(([, metric]) => metric), ...names, 'unknown']) {
      for (const metrics of [metric, ['accuracy', metric], {ids: metric}, {ids: [metric]}]) {
        expect(compile(metrics)).toThrowError(
          ValueError,
          /^compileSparse: use 'accuracy', 'crossentropy', sparseTopKCategoricalAccuracy\(\) or a function of your own for output 'ids'/,
        );
      }
    }
    expect(compile(tf.metrics.precision)).toThrowError(/Got the function precision;/);
    expect(compile('precision')).toThrowError(/Got 'precision';/);
  });

  it('are refused under names that only Keras knows', () => {
    for (const name of ['sparseCategoricalAccuracy', 'sparse_categorical_accuracy']) {
      expect(compile(name)).toThrowError(ValueError, /^compileSparse: write 'accuracy' for output/);
    }
    expect(compile('sparseTopKCategoricalAccuracy')).toThrowError(ValueError, /TopK.*\(\)/);
    expect(compile({idz: 'accuracy'})).toThrowError(
      ValueError,
      "compileSparse: name outputs of the model in `metrics`, ids; got 'idz'.",
    );
  });

  it('are refused if they would count ignored targets as wrong', () => {
    const metric = tf.metrics.sparseCategoricalAccuracy;
    expect(compile(metric)).not.toThrow();
    expect(compile(metric, -1)).toThrowError(
      ValueError,
      /^compileSparse: write 'accuracy' for output 'ids'\. tf\.metrics\.sparseCategoricalAccuracy counts ignored/,
    );
  });

  it('are refused if the function that makes one is not called', () => {
    for (const [name, make] of Object.entries({
      sparseTopKCategoricalAccuracy,
      sparseCategoricalCrossentropy,
    })) {
      expect(compile([make])).toThrowError(
        ValueError,
        `compileSparse: write ${name}() in \`metrics\`, with parentheses: the function makes the metric.`,
      );
    }
  });

  it('are accepted if they are right', () => {
    const own = (yTrue: tf.Tensor) => tf.mean(yTrue);
    const right = ['accuracy', 'acc', 'crossentropy', 'ce', 'sparseCategoricalCrossentropy', own];
    for (const metric of right) expect(compile(metric)).not.toThrow();
    expect(
      compile([sparseTopKCategoricalAccuracy(), sparseCategoricalCrossentropy()]),
    ).not.toThrow();
    for (const none of [undefined, [], {}]) expect(compile(none)).not.toThrow();
  });

  it('of an output with another loss are not checked', () => {
    const inputs = tf.input({shape: [2]});
    const outputs = ['a', 'b'].map(
      (name) => tf.layers.dense({units: 2, name}).apply(inputs) as tf.SymbolicTensor,
    );
    const model = tf.model({inputs, outputs});
    const optimizer = tf.train.sgd(1);
    const loss = {a: sparseCategoricalCrossentropy(), b: 'meanSquaredError'};
    compileSparse(model, {optimizer, loss, metrics: {b: 'mse'}});
    expect(() => compileSparse(model, {optimizer, loss, metrics: ['mse']})).toThrowError(
      ValueError,
      /for output 'a'.* give metrics by name, as \{a: 'accuracy'\}/,
    );
    optimizer.dispose();
    model.dispose();
  });
});

describe('the options of sparseTopKCategoricalAccuracy', () => {
  const make = sparseTopKCategoricalAccuracy as (options: unknown) => unknown;

  it('are checked', () => {
    for (const k of [0, 1.5, NaN, '5', null]) {
      expect(() => make({k})).toThrowError(ValueError, /^`k` must be an integer >= 1, got /);
    }
    expect(() => make({ignoreClass: 0.5})).toThrowError(ValueError, /`ignoreClass` must be/);
    expect(() => make({K: 5})).toThrowError(ValueError, /has no `K`: it takes ignoreClass, k/);
    const x = tf.tensor1d([1]);
    expect(() => make(x)).toThrowError(ValueError, /^Write metrics: sparseTopK.*\(\), with/);
    x.dispose();
  });
});
