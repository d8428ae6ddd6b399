import * as tf from '@tensorflow/tfjs';

import {InvalidArgumentError, ValueError} from '../../src/index';
import {
  compileSparse,
  type Loss,
  type PerOutput,
  sparseCategoricalCrossentropy,
} from '../../src/layers';
import {
  describeBackend,
  describeEachBackend,
  MANY_STEPS,
  usage,
  withoutLeakCheckOfKernels,
} from '../helpers/backends';
import {holdsLabelsInMemory} from '../helpers/bad_labels';
import {oracle} from '../helpers/oracle';
import {classIds, normals} from '../helpers/random';

const FEATURES = 4;
const CLASSES = 5;
const EXAMPLES = 24;
const CLOSE = {relative: 1e-5, absolute: 1e-5};

const ids = classIds(EXAMPLES, CLASSES, 1);
const features = normals(EXAMPLES * FEATURES, 1, 0, 2);

function examples(): {xs: tf.Tensor2D; ys: tf.Tensor1D} {
  return {xs: tf.tensor2d(features, [EXAMPLES, FEATURES]), ys: tf.tensor1d(ids, 'int32')};
}

function sequential(): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.dense({units: CLASSES, inputShape: [FEATURES]}));
  return model;
}

/** Two heads of one input: 'a' and 'b'. */
function twoHeads(): tf.LayersModel {
  const inputs = tf.input({shape: [FEATURES]});
  const outputs = ['a', 'b'].map(
    (name) => tf.layers.dense({units: CLASSES, name}).apply(inputs) as tf.SymbolicTensor,
  );
  return tf.model({inputs, outputs});
}

/** The mean loss of what the model predicts now. */
async function lossOf(logits: tf.Tensor, labels: ArrayLike<number> = ids): Promise<number> {
  const numClasses = logits.shape[logits.rank - 1]!;
  const {loss} = oracle({logits: await logits.data(), labels, numClasses});
  return loss.reduce((a, b) => a + b) / loss.length;
}

async function accuracyOf(logits: tf.Tensor): Promise<number> {
  const guesses = await tf.argMax(logits, -1).data();
  return ids.filter((id, i) => id === guesses[i]).length / ids.length;
}

const values = (scalars: tf.Scalar | tf.Scalar[]) =>
  Promise.all([scalars].flat().map(async (scalar) => (await scalar.data())[0]));

describeEachBackend('compileSparse', () => {
  withoutLeakCheckOfKernels();

  it('trains a tf.Sequential on integer targets of every shape and dtype', async () => {
    const {xs, ys} = examples();
    const model = sequential();
    compileSparse(model, {optimizer: 'adam', metrics: ['accuracy', 'crossentropy']});
    const column = tf.reshape(ys, [EXAMPLES, 1]);
    const losses: number[] = [];
    for (const targets of [ys, column, tf.cast(ys, 'float32'), tf.cast(column, 'float32')]) {
      const {history} = await model.fit(xs, targets, {
        verbose: 0,
        validationSplit: 0.25,
        batchSize: 5,
      });
      losses.push(history.loss[0] as number);
      const logits = model.predict(xs) as tf.Tensor;
      const [loss, accuracy, crossEntropy] = await values(model.evaluate(xs, targets));
      await expectAsync([loss, crossEntropy]).toBeAllClose(
        [await lossOf(logits), await lossOf(logits)],
        CLOSE,
      );
      expect(accuracy).toBeCloseTo(await accuracyOf(logits), 6);
    }
    expect(model.metricsNames).toEqual(['loss', 'acc', 'ce']);
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    model.dispose();
  });

  it("leaves ignored targets out of 'accuracy', but not out of a function named acc", async () => {
    const {xs} = examples();
    const padded = ids.map((id, i) => (i % 2 === 0 ? id : -1));
    const acc = (yTrue: tf.Tensor) => tf.mul(7, tf.ones([yTrue.shape[0]]));
    for (const targets of [tf.tensor1d(padded, 'int32'), tf.tensor2d(padded, [EXAMPLES, 1])]) {
      const model = sequential();
      const loss = sparseCategoricalCrossentropy({ignoreClass: -1});
      compileSparse(model, {optimizer: 'sgd', loss, metrics: ['accuracy', acc]});
      const guesses = await tf.argMax(model.predict(xs) as tf.Tensor, -1).data();
      const hits = padded.filter((id, i) => id === guesses[i]).length;
      const [, accuracy, own] = await values(model.evaluate(xs, targets));
      expect(accuracy).toBeCloseTo(hits / (EXAMPLES / 2), 6);
      expect(own).toBeCloseTo(7, 5); // A mean over batches, in float32 on a GPU.
      const none = tf.fill(targets.shape, -1);
      expect((await values(model.evaluate(xs, none)))[1]).toBe(0);
      model.dispose();
    }
  });

  it('leaves nothing behind in many steps', async () => {
    const {xs, ys} = examples();
    const model = sequential();
    const loss = sparseCategoricalCrossentropy({ignoreClass: 1});
    compileSparse(model, {optimizer: 'adam', loss, metrics: ['accuracy', 'ce']});
    await model.fit(xs, ys, {verbose: 0, batchSize: 8}); // Adam makes its variables.
    await model.trainOnBatch(xs, ys); // Uploads the examples, all at once.
    const before = usage();
    await model.fit(xs, ys, {verbose: 0, batchSize: 8, epochs: Math.ceil(MANY_STEPS / 3)});
    await model.trainOnBatch(xs, ys);
    tf.dispose(model.evaluate(xs, ys));
    expect(usage()).toEqual(before);
    model.dispose();
  });

  it('says what is wrong with targets', async () => {
    const {xs, ys} = examples();
    const model = sequential();
    compileSparse(model, {optimizer: 'sgd'});
    const oneHot = tf.oneHot(ys, CLASSES);
    expect(() => model.evaluate(xs, oneHot)).toThrowError(
      ValueError,
      /^Make class ids of one-hot labels/,
    );
    if (holdsLabelsInMemory()) {
      const half = tf.add(tf.cast(ys, 'float32'), 0.5);
      expect(() => model.evaluate(xs, half)).toThrowError(
        InvalidArgumentError,
        /integers in \[0, 5\), got \d\.5/,
      );
      const beyond = tf.add(ys, 1);
      expect(() => model.evaluate(xs, beyond)).toThrowError(
        InvalidArgumentError,
        /label value of 5/,
      );
    }
    const few = tf.slice(ys, 0, 3);
    expect(() => model.evaluate(xs, few)).toThrowError(/same number of samples/);
    model.dispose();
  });
});

describeBackend('cpu', 'compileSparse, whatever the backend,', () => {
  it('serves fitDataset, evaluateDataset and trainOnBatch', async () => {
    const model = sequential();
    const optimizer = tf.train.sgd(0.5);
    compileSparse(model, {optimizer});
    const {xs, ys} = examples();
    const before = await lossOf(model.predict(xs) as tf.Tensor);
    expect(await model.trainOnBatch(xs, ys)).toBeCloseTo(before, 4);

    const rows = (await xs.array()).map((x, i) => ({xs: x, ys: ids[i]}));
    const dataset = tf.data.array(rows).batch(8) as tf.data.Dataset<tf.TensorContainerObject>;
    const {history} = await model.fitDataset(dataset, {
      verbose: 0,
      epochs: 3,
      validationData: [xs, ys],
    });
    const after = await lossOf(model.predict(xs) as tf.Tensor);
    expect(after).toBeLessThan(before);
    expect(history.val_loss.at(-1)).toBeCloseTo(after, 4);
    const evaluated = await model.evaluateDataset(dataset, {});
    expect((await values(evaluated))[0]).toBeCloseTo(after, 4);
    model.dispose();
    optimizer.dispose();
  });

  it('trains sequences, labels [batch, time] or [batch, time, 1]', async () => {
    const model = tf.sequential();
    model.add(tf.layers.simpleRNN({units: 3, returnSequences: true, inputShape: [6, 2]}));
    model.add(tf.layers.dense({units: CLASSES}));
    const loss = sparseCategoricalCrossentropy({ignoreClass: 0});
    compileSparse(model, {optimizer: 'adam', loss, metrics: 'accuracy'});
    const xs = tf.tensor3d(normals(4 * 6 * 2, 1, 0, 3), [4, 6, 2]);
    const ys = tf.tensor2d(ids, [4, 6], 'int32');
    for (const targets of [ys, tf.reshape(ys, [4, 6, 1]), tf.cast(ys, 'float32')]) {
      const before = (await values(model.evaluate(xs, targets)))[0];
      await model.fit(xs, targets, {verbose: 0, epochs: 2});
      const logits = model.predict(xs) as tf.Tensor;
      const {loss: all} = oracle({logits: await logits.data(), labels: ids, numClasses: CLASSES});
      const counting = all.filter((_, i) => ids[i] !== 0);
      const want = counting.reduce((a, b) => a + b) / counting.length;
      const [after] = await values(model.evaluate(xs, targets));
      expect(after).toBeCloseTo(want, 4);
      expect(after).toBeLessThan(before);
    }
    model.dispose();
  });

  describe('gives each output its own loss', () => {
    const ours = sparseCategoricalCrossentropy();
    const ignoring = sparseCategoricalCrossentropy({ignoreClass: 2});
    const ids32 = () => tf.tensor1d(ids, 'int32');
    const mean = async (x: tf.Tensor) => (await tf.mean(x).data())[0];
    const lossWithout2 = (logits: tf.Tensor) => {
      const kept = [...ids.keys()].filter((i) => ids[i] !== 2);
      const rows = tf.gather(logits, tf.tensor1d(kept, 'int32'));
      return lossOf(
        rows,
        kept.map((i) => ids[i]),
      );
    };
    const squares = (logits: tf.Tensor) => mean(tf.square(tf.sub(logits, 1)));
    type Losses = Loss[] | {[outputName: string]: Loss} | Loss | undefined;
    // The losses, the targets of output b, and the loss of b.
    const cases: Array<[string, Losses, () => tf.Tensor, (logits: tf.Tensor) => Promise<number>]> =
      [
        ['ours by default', undefined, ids32, lossOf],
        ['one for all', ours, ids32, lossOf],
        ['in order', [ours, ignoring], ids32, lossWithout2],
        ['by name', {b: ignoring, a: ours}, ids32, lossWithout2],
        [
          'mixed, in order',
          [ours, 'meanSquaredError'],
          () => tf.ones([EXAMPLES, CLASSES]),
          squares,
        ],
        ['mixed, by name', {b: 'meanSquaredError', a: ours}, () => tf.ones([EXAMPLES, CLASSES]), squares], // prettier-ignore
      ];
    for (const [title, loss, targetsOfB, lossOfB] of cases) {
      it(title, async () => {
        const {xs, ys} = examples();
        const model = twoHeads();
        compileSparse(model, {optimizer: 'adam', loss, metrics: {a: 'accuracy', b: 'ce'}});
        expect(model.metricsNames).toEqual(['loss', 'a_loss', 'b_loss', 'a_acc', 'b_ce']);
        const targets = [ys, targetsOfB()];
        const {history} = await model.fit(xs, targets, {verbose: 0, epochs: 4});
        expect(history.loss).toEqual([...history.loss].sort((a, b) => Number(b) - Number(a)));
        const [a, b] = model.predict(xs) as tf.Tensor[];
        // tf.layers puts the total after each output before what metricsNames names.
        const [, total, aLoss, bLoss, accuracy] = await values(model.evaluate(xs, targets));
        expect(aLoss).toBeCloseTo(await lossOf(a), 4);
        expect(bLoss).toBeCloseTo(await lossOfB(b), 4);
        expect(total).toBeCloseTo(aLoss + bLoss, 4);
        expect(accuracy).toBeCloseTo(await accuracyOf(a), 6);
        model.dispose();
      });
    }

    it('and leaves the loss of tf.layers of the same name unchanged', async () => {
      const {xs, ys} = examples();
      const targets = [ys, tf.cast(ys, 'float32')]; // tf.layers' own loss takes no int32.
      const model = twoHeads();
      const theirs = 'sparseCategoricalCrossentropy';
      const optimizer = tf.train.sgd(1);
      model.compile({optimizer, loss: theirs});
      const want = (await values(model.evaluate(xs, [targets[1], targets[1]])))[3];
      compileSparse(model, {optimizer, loss: {a: ours, b: theirs}});
      const [, , aLoss, bLoss] = await values(model.evaluate(xs, targets));
      expect(bLoss).toBe(want);
      expect(aLoss).toBeCloseTo(await lossOf((model.predict(xs) as tf.Tensor[])[0]), 4);
      optimizer.dispose();
      model.dispose();
    });
  });

  it('is undone by model.compile', async () => {
    const {xs, ys} = examples();
    const model = sequential();
    const optimizer = tf.train.sgd(1);
    compileSparse(model, {optimizer, metrics: 'accuracy'});
    model.compile({optimizer, loss: 'meanSquaredError'});
    expect(() => model.evaluate(xs, ys)).toThrowError(/each example has shape \[5\]/);
    const [loss] = await values(model.evaluate(xs, tf.zeros([EXAMPLES, CLASSES])));
    const logits = model.predict(xs) as tf.Tensor;
    expect(loss).toBeCloseTo((await tf.mean(tf.square(logits)).data())[0], 4);
    optimizer.dispose();
    model.dispose();
  });

  it('continues after model.save and load as if training had never stopped', async () => {
    const {xs, ys} = examples();
    const warn = spyOn(console, 'warn');
    for (const [model, targets, loss] of [
      [sequential(), ys, undefined],
      [twoHeads(), [ys, tf.ones([EXAMPLES, CLASSES])], [sparseCategoricalCrossentropy(), 'meanSquaredError']], // prettier-ignore
    ] as Array<[tf.LayersModel, tf.Tensor | tf.Tensor[], Loss[] | undefined]>) {
      const fit = (model: tf.LayersModel) =>
        model.fit(xs, targets, {verbose: 0, shuffle: false, epochs: 2});
      compileSparse(model, {optimizer: 'adam', loss, metrics: ['accuracy']});
      await fit(model);

      const loaded = await tf.loadLayersModel(tf.io.fromMemory(await saved(model)));
      // It has no loss, rather than tf.layers' own.
      expect(warn.calls.mostRecent().args[0]).toMatch(/missing from loss dictionary/);
      await expectAsync(fit(loaded)).toBeRejected();
      compileSparse(loaded, {optimizer: loaded.optimizer, loss, metrics: ['accuracy']});

      await fit(model);
      await fit(loaded);
      const want = model.getWeights();
      for (const [i, weight] of loaded.getWeights().entries()) {
        await expectAsync(weight).toBeAllClose(want[i], {absolute: 1e-6});
      }
      loaded.optimizer.dispose();
      loaded.dispose();
      model.dispose();
    }
  });
});

/** What model.save writes, optimizer included. */
async function saved(model: tf.LayersModel): Promise<tf.io.ModelArtifacts> {
  let artifacts: tf.io.ModelArtifacts = {};
  const handler = tf.io.withSaveHandler(async (written) => {
    artifacts = written;
    return {modelArtifactsInfo: {dateSaved: new Date(0), modelTopologyType: 'JSON'}};
  });
  await model.save(handler, {includeOptimizer: true});
  return artifacts;
}

describe('compileSparse', () => {
  beforeAll(() => tf.setBackend('cpu'));

  it('warns of a softmax before a loss from logits', () => {
    const warn = spyOn(console, 'warn');
    const dense = {units: 3, inputShape: [2]};
    const softmax = tf.layers.dense({...dense, activation: 'softmax'});
    const {timeDistributed, bidirectional} = tf.layers;
    const inSequence = {inputShape: [4, 2]};
    // prettier-ignore
    const last: Array<[tf.layers.Layer[], boolean]> = [
      [[tf.layers.dense({...dense, activation: 'softmax'})], true],
      [[tf.layers.dense(dense), tf.layers.softmax()], true],
      [[tf.layers.dense(dense), tf.layers.activation({activation: 'softmax'})], true],
      [[timeDistributed({...inSequence, layer: softmax})], true],
      [[timeDistributed({...inSequence, layer: tf.layers.dense({units: 3})})], false],
      [[bidirectional({...inSequence, layer: tf.layers.simpleRNN({units: 3, activation: 'softmax'}), mergeMode: 'ave'})], true],
      [[tf.sequential({layers: [tf.layers.dense({...dense, activation: 'softmax'})]})], true],
      [[tf.layers.dense({...dense, activation: 'softmax'}), tf.layers.reshape({targetShape: [1, 3]})], true],
      [[tf.layers.dense({...dense, activation: 'relu'})], false],
      [[tf.layers.dense({...dense, activation: 'softmax'}), tf.layers.dense({units: 2})], false],
    ];
    for (const [layers, warns] of last) {
      for (const fromLogits of [true, false]) {
        const model = tf.sequential({layers});
        const optimizer = tf.train.sgd(1);
        warn.calls.reset();
        compileSparse(model, {optimizer, loss: sparseCategoricalCrossentropy({fromLogits})});
        expect(warn.calls.count()).toBe(warns && fromLogits ? 1 : 0);
        if (warns && fromLogits) {
          expect(warn.calls.argsFor(0)[0]).toMatch(
            /^compileSparse: remove the softmax of output '.*', since its loss takes logits/,
          );
        }
        optimizer.dispose();
      }
      layers.forEach((layer) => layer.dispose());
    }
  });

  it('refuses anything that is no model, and losses none of which takes class ids', () => {
    const notAModel = {compile: () => undefined, outputNames: []};
    for (const model of [undefined, {}, notAModel] as never[]) {
      expect(() => compileSparse(model, {optimizer: 'sgd'})).toThrowError(
        ValueError,
        'compileSparse: `model` must be a tf.LayersModel or a tf.Sequential of tf.js 4.',
      );
    }
    const model = sequential();
    const losses: Array<[PerOutput<Loss>, RegExp]> = [
      [
        'sparseCategoricalCrossentropy',
        /^compileSparse: leave `loss` out, or write loss: sparseCategoricalCrossentropy\(\), .*got 'sparse/,
      ],
      ['sparse_categorical_crossentropy', /^compileSparse: leave `loss` out, or write loss: /],
      [
        sparseCategoricalCrossentropy as never,
        /^compileSparse: write loss: sparseCategoricalCrossentropy\(\), with parentheses/,
      ],
      [
        ['meanSquaredError', sparseCategoricalCrossentropy] as never,
        /^compileSparse: write loss: sparseCategoricalCrossentropy\(\), with parentheses/,
      ],
      [
        {a: 'meanSquaredError', b: (x: tf.Tensor) => x},
        /^compileSparse: leave `loss` out for .*, got 'meanSquaredError', a function\.$/,
      ],
      [[], /got none\.$/],
    ];
    for (const [loss, message] of losses) {
      expect(() => compileSparse(model, {optimizer: 'sgd', loss})).toThrowError(
        ValueError,
        message,
      );
    }
    const loss = {nothing: sparseCategoricalCrossentropy()};
    expect(() => compileSparse(model, {optimizer: tf.train.sgd(1), loss})).toThrowError(
      /Unknown entry in loss dictionary: "nothing"/,
    );
    model.dispose();
  });

  it('says which arguments it takes', () => {
    const model = sequential();
    for (const args of [undefined, {}, {loss: sparseCategoricalCrossentropy()}] as never[]) {
      expect(() => compileSparse(model, args)).toThrowError(
        ValueError,
        /^compileSparse: give `args\.optimizer`, .* \{includeOptimizer: true\}\.$/,
      );
    }
    for (const name of ['metric', 'lossWeights', 'weightedMetrics']) {
      const args = {optimizer: 'sgd', [name]: ['accuracy']};
      expect(() => compileSparse(model, args)).toThrowError(
        ValueError,
        `compileSparse: use optimizer, loss and metrics in \`args\`, which has no \`${name}\`.`,
      );
    }
    model.dispose();
  });
});
