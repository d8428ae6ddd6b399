/** The loss that never holds its logits is the loss of its logits. */
import * as tf from '@tensorflow/tfjs';

import {InvalidArgumentError, losses, ValueError} from '../../src/index';
import {peakMemory} from '../helpers/main_memory';
import {defaultChunkSize} from '../../src/losses/linear/chunks';
import {layerGradient} from '../../src/losses/linear/layer';
import {
  describeBackend,
  describeEachBackend,
  MANY_STEPS,
  SHADERS_ONLY,
  usage,
} from '../helpers/backends';
import {inTurn} from '../helpers/in_turn';
import {type LinearAnswer, linearOracle, type LinearRows} from '../helpers/linear_oracle';
import {classIds, normals} from '../helpers/random';

const {linearSparseSoftmaxCrossEntropy: linear, Reduction} = losses;

const BATCH = 65; // With 64 rows a chunk, one is left.
const UNITS = 5;
const CLASSES = 11;
const NAMES = ['inputs', 'kernel', 'bias', 'weights'] as const;
type Tensors = {readonly [name in (typeof NAMES)[number]]: tf.Tensor};

const rows: LinearRows = {
  inputs: normals(BATCH * UNITS, 1, 0, 1),
  kernel: normals(UNITS * CLASSES, 2, 0, 2),
  bias: normals(CLASSES, 1, 0, 3),
  weights: normals(BATCH, 1, 2, 4).map((w, i) => (i % 6 === 0 ? 0 : w)),
  labels: classIds(BATCH, CLASSES, 5),
  numClasses: CLASSES,
};

function tensorsOf({inputs, kernel, bias, weights}: LinearRows): Tensors {
  const matrix = (values: ArrayLike<number>, columns: number) =>
    tf.tensor2d(Float32Array.from(values), [values.length / columns, columns]);
  return {
    inputs: matrix(inputs, UNITS),
    kernel: matrix(kernel, bias.length),
    bias: tf.tensor1d(Float32Array.from(bias)),
    weights: tf.tensor1d(Float32Array.from(weights)),
  };
}

/** The loss of tensors in the order of NAMES. */
function lossOf(
  labels: ArrayLike<number>,
  options: losses.LinearLossOptions = {},
): (...tensors: tf.Tensor[]) => tf.Tensor {
  return (inputs, kernel, bias, weights) => {
    const $labels = tf.tensor1d(Int32Array.from(labels), 'int32');
    return linear($labels, inputs, kernel, weights, {bias, ...options});
  };
}

/** The same by way of the logits. */
function plainOf(
  labels: ArrayLike<number>,
  options: losses.SparseLossOptions = {},
): (...tensors: tf.Tensor[]) => tf.Tensor {
  return (inputs, kernel, bias, weights) => {
    const $labels = tf.tensor1d(Int32Array.from(labels), 'int32');
    const logits = tf.add(tf.matMul(inputs, kernel), bias);
    return losses.sparseSoftmaxCrossEntropy($labels, logits, weights, options);
  };
}

const inOrder = (tensors: Tensors) => NAMES.map((name) => tensors[name]);

/** The largest difference over the largest expected entry. NaN where any is NaN. */
async function distance(got: tf.Tensor, want: ArrayLike<number>): Promise<number> {
  const values = await got.data();
  expect(values.length).toBe(want.length);
  const largest = Array.from(want).reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  return (
    Array.from(want).reduce((a, b, i) => Math.max(a, Math.abs(values[i] - b)), 0) / (largest || 1)
  );
}

async function expectAnswer(
  {value, grads}: {value: tf.Tensor; grads: tf.Tensor[]},
  want: LinearAnswer,
): Promise<void> {
  expect(await distance(value, [want.loss]))
    .withContext('loss')
    .toBeLessThan(2e-6);
  for (const [i, gradient] of grads.entries()) {
    const name = NAMES[i];
    expect(await distance(gradient, want.gradients[name]))
      .withContext(name)
      .toBeLessThan(1e-5);
  }
}

const isZero = (w: number) => w === 0;
const counted = (reduction: losses.ReductionKey, {weights}: LinearRows) => {
  switch (reduction) {
    case Reduction.SUM_OVER_BATCH_SIZE:
      return BATCH;
    case Reduction.SUM_BY_NONZERO_WEIGHTS:
      return Array.from(weights).filter((w) => !isZero(w)).length;
    case Reduction.MEAN:
      return reduction;
    default:
      return 1;
  }
};

describeEachBackend('the linear loss', (backendName) => {
  for (const [i, reduction] of [...new Set(Reduction.all())].entries()) {
    for (const chunkSize of inTurn(backendName, [7, undefined, 64, 1], i % 2)) {
      it(`and its gradients are those of float64: ${reduction}, chunkSize ${chunkSize}`, async () => {
        // For NONE, the sum of the losses: the gradient of tf.sum is 1 for each row.
        const loss = lossOf(rows.labels, {reduction, chunkSize});
        const tensors = inOrder(tensorsOf(rows));
        const got = tf.valueAndGrads((...x: tf.Tensor[]) => tf.sum(loss(...x)))(tensors);
        await expectAnswer(got, linearOracle(rows, counted(reduction, rows)));
        expect(
          await distance(tf.sum(loss(...tensors)), [
            linearOracle(rows, counted(reduction, rows)).loss,
          ]),
        ).toBeLessThan(2e-6);
      });
    }
  }

  for (const chunkSize of inTurn(backendName, [7, 64, 1], 0)) {
    it(`takes labelSmoothing and ignoreClass, chunkSize ${chunkSize}`, async () => {
      const options = {labelSmoothing: 0.1, ignoreClass: 3};
      const $rows = {...rows, options};
      const weights = Array.from(rows.weights, (w, i) => (rows.labels[i] === 3 ? 0 : w));
      for (const reduction of [Reduction.MEAN, Reduction.SUM_BY_NONZERO_WEIGHTS]) {
        const loss = lossOf(rows.labels, {...options, reduction, chunkSize});
        const got = tf.valueAndGrads(loss)(inOrder(tensorsOf(rows)));
        await expectAnswer(got, linearOracle($rows, counted(reduction, {...rows, weights})));
        // Ignored rows add exactly 0.
        const [dinputs, , , dweights] = await Promise.all(got.grads.map((g) => g.data()));
        Array.from(rows.labels).forEach((label, i) => {
          if (label !== 3) return;
          expect(Array.from(dinputs.slice(i * UNITS, (i + 1) * UNITS)).every(isZero)).toBeTrue();
          expect(dweights[i]).toBe(0);
        });
      }
    });
  }

  it('takes a transposed kernel, no bias and inputs of any rank', async () => {
    const {inputs, kernel} = tensorsOf(rows);
    const cube = tf.reshape(inputs, [5, 13, UNITS]);
    const labels = tf.tensor2d(Int32Array.from(rows.labels), [5, 13], 'int32');
    const want = linearOracle(
      {...rows, bias: new Float32Array(CLASSES), weights: new Float32Array(BATCH).fill(1)},
      BATCH,
    );
    const loss = (x: tf.Tensor, embedding: tf.Tensor) =>
      linear(labels, x, embedding, 1, {transposeKernel: true, chunkSize: 7});
    const {value, grads} = tf.valueAndGrads(loss)([cube, tf.transpose(kernel)]);
    expect(grads.map(({shape}) => shape)).toEqual([
      [5, 13, UNITS],
      [CLASSES, UNITS],
    ]);
    await expectAnswer({value, grads: [grads[0], tf.transpose(grads[1])]}, want);
    const unreduced = linear(labels, cube, kernel, 1, {reduction: Reduction.NONE, chunkSize: 7});
    expect(unreduced.shape).toEqual([5, 13]);
    const scalarLabel = linear(1, [1, 2], [[1, 2, 3], [0, 1, 0]]); // prettier-ignore
    expect(await distance(scalarLabel, [Math.log(Math.exp(-3) + 1 + Math.exp(-1))])).toBeLessThan(
      2e-6,
    );
  });

  it('squeezes labels and weights and casts weights as the plain loss does', async () => {
    const {inputs, kernel, bias} = tensorsOf(rows);
    const column = tf.tensor2d(Int32Array.from(rows.labels), [BATCH, 1], 'int32');
    const logits = tf.add(tf.matMul(inputs, kernel), bias);
    const integers = Int32Array.from(rows.labels, (label) => label % 3);
    const manyWeights = [
      tf.tensor2d(integers, [BATCH, 1], 'int32'),
      tf.tensor1d(integers, 'int32'),
      tf.tensor1d(Array.from(integers, Boolean), 'bool'),
      tf.scalar(2),
      tf.ones([1]),
      3,
      0,
    ];
    for (const [i, weights] of manyWeights.entries()) {
      for (const reduction of inTurn(backendName, Reduction.all(), i)) {
        for (const ignoreClass of inTurn(backendName, [undefined, 2], i)) {
          const options = {reduction, ignoreClass};
          const plain = (logits: tf.Tensor) =>
            losses.sparseSoftmaxCrossEntropy(column, logits, weights, options);
          const ours = (bias: tf.Tensor) =>
            linear(column, inputs, kernel, weights, {bias, chunkSize: 30, ...options});
          const want = tf.valueAndGrad(plain)(logits);
          const got = tf.valueAndGrad(ours)(bias);
          expect(got.value.shape).toEqual(want.value.shape);
          expect(await distance(got.value, await want.value.data())).toBeLessThan(2e-6);
          expect(await distance(got.grad, await tf.sum(want.grad, 0).data())).toBeLessThan(1e-5);
        }
      }
    }
  });

  it('is exactly 0 with gradients of 0 where all labels are ignored', async () => {
    const {inputs, kernel, bias} = tensorsOf(rows);
    const weights = tf.zeros([BATCH]);
    for (const reduction of [Reduction.MEAN, Reduction.SUM_BY_NONZERO_WEIGHTS]) {
      const f = lossOf(rows.labels, {reduction, chunkSize: 7});
      const {value, grads} = tf.valueAndGrads(f)([inputs, kernel, bias, weights]);
      for (const x of [value, ...grads]) expect((await x.data()).every(isZero)).toBeTrue();
    }
  });

  it('of no rows is 0, and so are its gradients', async () => {
    const {kernel, bias} = tensorsOf(rows);
    const inputs = tf.zeros([0, UNITS]);
    for (const reduction of [Reduction.MEAN, Reduction.SUM_OVER_BATCH_SIZE]) {
      const f = lossOf([], {reduction});
      const {value, grads} = tf.valueAndGrads(f)([inputs, kernel, bias, tf.zeros([0])]);
      expect(await value.data()).toEqual(Float32Array.of(0));
      expect(grads.map(({shape}) => shape)).toEqual([[0, UNITS], [UNITS, CLASSES], [CLASSES], [0]]);
      for (const x of grads) expect((await x.data()).every(isZero)).toBeTrue();
    }
  });

  for (const reduction of [Reduction.MEAN, Reduction.NONE]) {
    it(`keeps NaN in the inputs of an ignored label out of everything: ${reduction}`, async () => {
      const labels = Array.from(rows.labels, (label, i) => (i === 10 ? -1 : label));
      const inputs = Float32Array.from(rows.inputs);
      inputs.fill(NaN, 10 * UNITS + 1, 11 * UNITS);
      const {kernel, bias, weights} = tensorsOf(rows);
      const options = {ignoreClass: -1};
      const variables = [tf.tensor2d(inputs, [BATCH, UNITS]), kernel, bias, weights];
      const loss = lossOf(labels, {...options, reduction, chunkSize: 7});
      const f = (...x: tf.Tensor[]) => tf.sum(loss(...x));
      const want = linearOracle({...rows, labels, options}, counted(reduction, rows));
      await expectAnswer(tf.valueAndGrads(f)(variables), want);
      const ofGradients = (...x: tf.Tensor[]) =>
        tf.addN(
          tf
            .grads(f)(x)
            .map((g) => tf.sum(g)),
        );
      for (const gradient of tf.grads(ofGradients)(variables)) {
        expect((await gradient.data()).some(Number.isNaN)).toBeFalse();
      }
    });
  }

  it('lets NaN in the inputs of a counted label through', async () => {
    const inputs = Float32Array.from(rows.inputs).fill(NaN, 10 * UNITS, 11 * UNITS);
    const variables = inOrder({...tensorsOf(rows), inputs: tf.tensor2d(inputs, [BATCH, UNITS])});
    const f = lossOf(rows.labels, {ignoreClass: -1, chunkSize: 7});
    const {value, grads} = tf.valueAndGrads(f)(variables);
    for (const x of [value, grads[1]]) {
      expect((await x.data()).every(Number.isNaN)).toBeTrue();
    }
  });

  it('has gradients of second order for everything', async () => {
    const small: LinearRows = {
      inputs: normals(3 * UNITS, 0.5, 0, 11),
      kernel: normals(UNITS * 4, 0.5, 0, 12),
      bias: normals(4, 1, 0, 13),
      weights: [1, 2, 0.5],
      labels: [3, 0, 1],
      numClasses: 4,
    };
    const u = NAMES.map((name, i) => normals(small[name].length, 1, 0, 20 + i));
    const along = ({gradients}: LinearAnswer) =>
      NAMES.reduce((sum, name, i) => gradients[name].reduce((s, g, j) => s + g * u[i][j], sum), 0);
    const tensors = inOrder(tensorsOf(small));
    for (const reduction of [Reduction.MEAN, Reduction.SUM, Reduction.NONE]) {
      const loss = lossOf(small.labels, {reduction, chunkSize: 2});
      const directional = (...x: tf.Tensor[]) => {
        const gradients = tf.grads(loss)(x); // dy of NONE: a 1 for each row.
        return tf.addN(gradients.map((g, i) => tf.sum(tf.mul(g, tf.tensor(u[i], g.shape)))));
      };
      const got = tf.grads(directional)(tensors);
      for (const [i, name] of NAMES.entries()) {
        const want = Array.from(small[name], (_, j) => {
          const at = (h: number) => {
            const moved = Array.from(small[name], (value, k) => (k === j ? value + h : value));
            return along(
              linearOracle({...small, [name]: moved}, reduction === Reduction.MEAN ? reduction : 1),
            );
          };
          return (at(1e-4) - at(-1e-4)) / 2e-4;
        });
        expect(await distance(got[i], want))
          .withContext(`${reduction}: ${name}`)
          .toBeLessThan(1e-5);
      }
    }
  });

  it('takes the products of the plain loss, one chunk at a time, and none for gradients without a tape', async () => {
    const tensors = inOrder(tensorsOf(rows));
    const chunks = Math.ceil(BATCH / 7);
    const count = async (f: () => void) => {
      const {kernels} = await tf.profile(() => tf.tidy(f));
      const named = (name: string) => kernels.filter((kernel) => kernel.name === name).length;
      const largest = Math.max(
        ...kernels.flatMap(({outputShapes}) =>
          outputShapes.map((shape) => tf.util.sizeFromShape(shape)),
        ),
      );
      const matMuls = named('BatchMatMul') + named('_FusedMatMul');
      return {matMuls, grads: named('SparseSoftmaxCrossEntropyGrad'), largest};
    };
    // The inputs. A chunk has 7 * CLASSES logits, all have BATCH * CLASSES.
    const largest = BATCH * UNITS;
    const options = {chunkSize: 7};
    const forward = await count(() => void lossOf(rows.labels, options)(...tensors));
    expect(forward).toEqual({matMuls: chunks, grads: 0, largest});
    const backward = await count(() => void tf.grads(lossOf(rows.labels, options))(tensors));
    // Logits, and the gradients of inputs and kernel; that of bias where there is no Sum kernel.
    const products = ['tensorflow', 'webgl'].includes(backendName) ? 4 : 3;
    expect(backward).toEqual({matMuls: products * chunks, grads: chunks, largest});
    const none = {...options, reduction: Reduction.NONE};
    const unreduced = await count(() => void tf.grads(lossOf(rows.labels, none))(tensors));
    expect(unreduced).toEqual({matMuls: (products + 1) * chunks, grads: chunks, largest});
  });

  it('makes the gradient of a kernel whole or in blocks of its rows', async () => {
    const [batch, units, classes] = [9, 5, 11];
    const inputs = tf.tensor2d(normals(batch * units, 1, 0, 1), [batch, units]);
    const dlogits = tf.tensor2d(normals(batch * classes, 1, 0, 2), [batch, classes]);
    for (const transposeKernel of [false, true]) {
      const kernel = tf.zeros(transposeKernel ? [classes, units] : [units, classes]);
      const gradient = (blockRows: number) =>
        layerGradient('kernel', {inputs, kernel, transposeKernel}, dlogits, blockRows);
      const [whole] = gradient(kernel.shape[0]!);
      expect(whole.shape).toEqual(kernel.shape);
      const blocks = gradient(2);
      expect(blocks.map(({shape}) => shape[0])).toEqual(
        transposeKernel ? [2, 2, 2, 2, 2, 1] : [2, 2, 1],
      );
      await expectAsync(tf.concat(blocks)).toBeAllClose(whole, {scaled: 1e-6});
    }
  });

  it('has the names, collections and last reduction of the plain loss', () => {
    const tensors = inOrder(tensorsOf(rows));
    const calls = [
      {},
      {scope: 'head'},
      {scope: 'again/'},
      {scope: 'again/', ignoreClass: 1},
      {reduction: Reduction.NONE, lossCollection: 'mine'},
      {reduction: Reduction.MEAN, lossCollection: null},
    ];
    const described = (of: typeof lossOf) =>
      new losses.Graph().asDefault((graph) => {
        const made = calls.map((options) => of(rows.labels, options)(...tensors));
        return {
          names: made.map((loss) => graph.nameOf(loss)),
          collections: ['losses', 'mine'].map((key) =>
            graph.getCollection(key).map((loss) => made.indexOf(loss)),
          ),
          last: graph.lastLossReduction,
        };
      });
    expect(described(lossOf)).toEqual(described(plainOf));
    const onTape = new losses.Graph().asDefault((graph) => {
      let names: (string | undefined)[] = [];
      tf.grad((x: tf.Tensor) => {
        const loss = lossOf(rows.labels)(x, ...tensors.slice(1));
        names = [graph.nameOf(loss), ...graph.getCollection('losses').map((l) => graph.nameOf(l))];
        return loss;
      })(tensors[0]);
      return names;
    });
    expect(onTape).toEqual(Array(2).fill('sparse_softmax_cross_entropy_loss/value'));
  });

  it('refuses a layer that does not fit, and everything that the plain loss refuses, before anything runs', () => {
    const x = tf.zeros([4, 2]);
    const k = tf.zeros([2, 3]);
    const y = tf.tensor1d([0, 1, 2, 0], 'int32');
    const call = (...args: unknown[]) => (linear as (...args: unknown[]) => tf.Tensor)(...args);
    type ErrorType = typeof ValueError | typeof InvalidArgumentError;
    // prettier-ignore
    const table: (readonly [readonly unknown[], ErrorType, RegExp])[] = [
      [[null, x, k], ValueError, /`labels` must not be null/],
      [[y, null, k], ValueError, /`inputs` must not be null/],
      [[y, x, null], ValueError, /`kernel` must not be null/],
      [
        [y, tf.scalar(1), k],
        ValueError,
        /`inputs` must be of shape \[\.\.\., units\], got a scalar/,
      ],
      [[y, x, tf.zeros([2])], ValueError, /`kernel` must be of shape \[units, classes\], got shape \[2\]/],
      [[y, x, tf.zeros([3, 2])], ValueError, /has 3\. Set transposeKernel: true/],
      [[y, x, k, 1, {transposeKernel: true}], ValueError, /has 3\. Set transposeKernel: false/],
      [[y, x, tf.zeros([5, 3])], ValueError, /have 2 units, but `kernel` .* has 5/],
      [[y, x, k, 1, {bias: tf.zeros([2])}], ValueError, /`bias` must be of shape \[classes\] = \[3\], got shape \[2\]/],
      [[y, tf.zeros([4, 2], 'int32'), k], InvalidArgumentError, /`inputs` must be float32, got dtype int32/],
      [[y, x, tf.zeros([2, 3], 'int32')], InvalidArgumentError, /`kernel` must be float32/],
      [[y, x, k, 1, {bias: tf.zeros([3], 'bool')}], InvalidArgumentError, /`bias` must be float32, got dtype bool/],
      [[y, x, k, 1, {chunkSize: 0}], ValueError, /`chunkSize` must be a number of rows.*got 0/],
      [[y, x, k, 1, {chunkSize: 1.5}], ValueError, /`chunkSize` .*got 1\.5/],
      [[y, x, k, 1, {transposeKernel: 1}], ValueError, /`transposeKernel` must be true or false/],
      [[y, x, k, 1, {transposedKernel: true}], ValueError, /has no `transposedKernel`/],
      [[y, x, k, 1, 7], ValueError, /`options` must be an object/],
      [[tf.zeros([3], 'int32'), x, k], ValueError, /`labels.shape` must equal `logits.shape`/],
      [[[0.5, 0, 0, 0], x, k], InvalidArgumentError, /got the label 0\.5/],
      [[y, x, tf.zeros([2, 0])], InvalidArgumentError, /at least one class/],
      [[y, x, k, null], ValueError, /`weights` must not be null/],
      [[y, x, k, [1, 2]], ValueError, /Mismatch at dim 0/],
      [[y, x, k, 1, {reduction: 'mean'}], ValueError, /Invalid Reduction Key/],
      [[y, x, k, 1, {ignoreClass: 0.5}], ValueError, /`ignoreClass`/],
      [[[5, 0, 1, 1], x, k], InvalidArgumentError, /label value of 5/],
    ];
    for (const [args, error, message] of table) {
      const before = usage();
      expect(() => call(...args)).toThrowError(error, message);
      expect(() => tf.grad(() => call(...args))(x)).toThrowError(error, message);
      expect({...usage(), message}).toEqual({...before, message});
    }
  });

  it('leaves nothing where any chunk fails', () => {
    const tensors = inOrder(tensorsOf(rows));
    tf.tidy(() => void tf.grads(lossOf(rows.labels))(tensors)); // On a GPU, uploads them.
    const kernels = [
      'BatchMatMul',
      'SparseSoftmaxCrossEntropyLoss',
      'SparseSoftmaxCrossEntropyGrad',
    ];
    for (const kernel of kernels) {
      for (const failing of [1, 2, 9]) {
        for (const reduction of [Reduction.MEAN, Reduction.NONE]) {
          // In the way back; there tf.js itself keeps what a tape has saved that an error ends.
          if (reduction === Reduction.NONE && kernel === kernels[2]) continue;
          const engine = tf.engine();
          const {runKernel} = engine;
          let calls = 0;
          engine.runKernel = (name, ...rest) => {
            if (name === kernel && ++calls === failing) throw new Error('no room');
            return runKernel.call(engine, name, ...rest) as never;
          };
          const f = lossOf(rows.labels, {chunkSize: 7, reduction, ignoreClass: 2});
          const before = usage();
          expect(() => tf.grads(f)(tensors)).toThrowError('no room');
          expect(usage()).toEqual(before);
          engine.runKernel = runKernel;
        }
      }
    }
  });

  it('trains without a tensor or a byte of growth', async () => {
    const kernel = tf.variable(tf.zeros([UNITS, CLASSES]));
    const bias = tf.variable(tf.zeros([CLASSES]));
    const {inputs, weights} = tensorsOf(rows);
    const optimizer = tf.train.sgd(0.5);
    const step = () => {
      const cost = () => lossOf(rows.labels, {chunkSize: 30})(inputs, kernel, bias, weights);
      return tf.tidy(() => optimizer.minimize(cost as () => tf.Scalar, true)!);
    };
    const first = step();
    const before = usage();
    for (let i = 0; i < MANY_STEPS; i++) step().dispose();
    expect(usage()).toEqual(before);
    const last = step();
    expect((await last.data())[0]).toBeLessThan((await first.data())[0] / 1.2);
    tf.dispose([kernel, bias]);
    optimizer.dispose();
  });

  it('fits a tf.Scalar unless the reduction is NONE', () => {
    const cost = (): tf.Scalar => linear([0], [[1]], [[1, 2]], 1, {reduction: Reduction.MEAN});
    const each: tf.Tensor = linear([0], [[1]], [[1, 2]], 1, {reduction: Reduction.NONE});
    expect([cost().rank, each.rank]).toEqual([0, 1]);
  });

  it('takes chunks of 11.5 to 23 MB of logits, of equal size', () => {
    const rowsOf = (batch: number, classes: number) =>
      defaultChunkSize({dataId: {}, dtype: 'float32', shape: [batch, classes]});
    expect(rowsOf(64, 10)).toBe(64);
    expect(rowsOf(0, 10)).toBe(1);
    expect(rowsOf(3, 20_000_000)).toBe(1);
    for (const batch of [115, 200, 512, 2048]) {
      const bytes = 4 * 50257 * rowsOf(batch, 50257);
      expect(bytes).withContext(`${batch}`).toBeGreaterThan(11.5e6);
      expect(bytes).withContext(`${batch}`).toBeLessThanOrEqual(23e6);
    }
  });
});

describeBackend('cpu', 'the linear loss of a large kernel', () => {
  it('adds the gradients of chunks without a third kernel', () => {
    const [batch, units, classes] = [4, 192, 50_257]; // The kernel has 38 MB.
    const [inputs, kernel] = [tf.ones([batch, units]), tf.zeros([units, classes])];
    const labels = tf.zeros([batch], 'int32');
    const f = (k: tf.Tensor) => linear(labels, inputs, k, {chunkSize: 2});
    const {peakBytes} = peakMemory(() => tf.tidy(() => tf.grad(f)(kernel)));
    expect(peakBytes / (4 * kernel.size)).toBeLessThan(2.6); // The gradient among them.
  });
});

if (typeof window !== 'undefined') {
  const flags = {...SHADERS_ONLY, WEBGL_MAX_TEXTURE_SIZE: 64};
  describeBackend(
    'webgl',
    'the linear loss on textures of 64',
    () => {
      it('trains on a batch whose logits do not fit in one', async () => {
        const batch = 300;
        const labels = classIds(batch, 100, 1);
        const inputs = tf.tensor2d(normals(batch * 4, 1, 0, 2), [batch, 4]);
        const kernel = tf.tensor2d(normals(400, 1, 0, 3), [4, 100]);
        // A texel holds 2 x 2.
        expect((batch / 2) * (100 / 2)).toBeGreaterThan(64 * 64);
        const f = (k: tf.Tensor) =>
          linear(tf.tensor1d(labels, 'int32'), inputs, k, 1, {chunkSize: 50});
        const {value, grad} = tf.valueAndGrad(f)(kernel);
        const want = linearOracle(
          {
            inputs: normals(batch * 4, 1, 0, 2),
            kernel: normals(400, 1, 0, 3),
            bias: new Float32Array(100),
            weights: new Float32Array(batch).fill(1),
            labels,
            numClasses: 100,
          },
          batch,
        );
        expect(await distance(value, [want.loss])).toBeLessThan(2e-6);
        expect(await distance(grad, want.gradients.kernel)).toBeLessThan(1e-5);
      });
    },
    flags,
  );
}
