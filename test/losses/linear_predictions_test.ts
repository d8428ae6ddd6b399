/** Predictions from the logits of the linear loss are the argMax of its logits. */
import * as tf from '@tensorflow/tfjs';

import {losses} from '../../src/index';
import {describeEachBackend, usage} from '../helpers/backends';
import {classIds, normals} from '../helpers/random';

const {
  linearSparseSoftmaxCrossEntropy: linear,
  linearSparseSoftmaxCrossEntropyWithPredictions: withPredictions,
  Reduction,
} = losses;

const [BATCH, UNITS, CLASSES] = [24, 4, 9];
const options = {chunkSize: 7, ignoreClass: 2};

const labels = () => tf.tensor2d(classIds(BATCH, CLASSES, 1), [4, 6], 'int32');
const inputs = () => tf.tensor3d(normals(BATCH * UNITS, 1, 0, 2), [4, 6, UNITS]);
const kernel = () => tf.tensor2d(normals(UNITS * CLASSES, 1, 0, 3), [UNITS, CLASSES]);
const bias = () => tf.tensor1d(normals(CLASSES, 1, 0, 4));

describeEachBackend('predictions of the linear loss', () => {
  it('are the argMax of all logits, int32, of the shape of squeezed labels', async () => {
    const logits = tf.add(tf.matMul(tf.reshape(inputs(), [BATCH, UNITS]), kernel()), bias());
    const want = await tf.argMax(logits, -1).data();
    for (const reduction of Reduction.all()) {
      for (const given of [labels(), tf.expandDims(labels(), -1)]) {
        const call = {...options, bias: bias(), reduction};
        const {predictions} = withPredictions(given, inputs(), kernel(), 1, call);
        expect(predictions.shape).toEqual([4, 6]);
        expect(predictions.dtype).toBe('int32');
        expect(await predictions.data()).toEqual(want);
      }
    }
    const transposed = withPredictions(labels(), inputs(), tf.transpose(kernel()), {
      bias: bias(),
      transposeKernel: true,
    });
    expect(await transposed.predictions.data()).toEqual(want);
    const none = withPredictions(tf.zeros([0], 'int32'), tf.zeros([0, UNITS]), kernel());
    expect([none.predictions.shape, none.predictions.dtype] as unknown[]).toEqual([[0], 'int32']);
  });

  it('come with the same loss, gradients and name', async () => {
    const call = {...options, bias: bias()};
    const tensors = [inputs(), kernel()];
    const plain = tf.valueAndGrads((x, k) => linear(labels(), x, k, 2, call))(tensors);
    const ours = tf.valueAndGrads((x, k) => withPredictions(labels(), x, k, 2, call).loss)(tensors);
    for (const [i, want] of [plain.value, ...plain.grads].entries()) {
      expect(await [ours.value, ...ours.grads][i].data()).toEqual(await want.data());
    }
    const names = new losses.Graph().asDefault((graph) =>
      [
        linear(labels(), inputs(), kernel(), 1, {scope: 'a'}),
        withPredictions(labels(), inputs(), kernel(), 1, {scope: 'b'}).loss,
      ].map((loss) => [graph.nameOf(loss), graph.getCollection('losses').includes(loss)]),
    );
    expect(names).toEqual([
      ['a/value', true],
      ['b/value', true],
    ]);
  });

  it('take no further product, and no more memory than a chunk', async () => {
    const count = async (f: () => void) => {
      const {kernels} = await tf.profile(() => tf.tidy(f));
      const named = (...names: string[]) => kernels.filter(({name}) => names.includes(name)).length;
      const sizes = kernels.flatMap(({outputShapes}) =>
        outputShapes.map((shape) => tf.util.sizeFromShape(shape)),
      );
      return {
        products: named('BatchMatMul', '_FusedMatMul'),
        argMaxes: named('ArgMax'),
        largest: Math.max(...sizes),
      };
    };
    const [x, k] = [inputs(), kernel()];
    const largest = BATCH * UNITS; // The inputs. All logits are BATCH * CLASSES.
    const forward = await count(() => void withPredictions(labels(), x, k, 1, options));
    expect(forward).toEqual({products: 4, argMaxes: 4, largest});
    for (const reduction of [Reduction.MEAN, Reduction.NONE]) {
      const call = {...options, reduction};
      const f = (x: tf.Tensor, k: tf.Tensor) =>
        tf.sum(withPredictions(labels(), x, k, 1, call).loss);
      const {argMaxes} = await count(() => void tf.grads(f)([x, k]));
      expect(argMaxes).toBe(4);
    }
  });

  it('stay after minimize if they are kept, and leave nothing if not', async () => {
    const [x, y] = [inputs(), labels()];
    const k = tf.variable(kernel());
    const optimizer = tf.train.sgd(0.1);
    const step = (keep: (predictions: tf.Tensor) => void) =>
      optimizer.minimize(() => {
        const {loss, predictions} = withPredictions(y, x, k, options);
        keep(predictions);
        return loss;
      });
    step(() => {}); // The variable and the optimizer make what they keep.
    const before = usage();
    step(() => {});
    expect(usage()).toEqual(before);
    const want = withPredictions(y, x, k).predictions;
    let kept: tf.Tensor | undefined;
    step((predictions) => (kept = tf.keep(predictions)));
    expect(await kept!.data()).toEqual(await want.data());
    tf.dispose([kept!, k]);
    optimizer.dispose();
  });

  it('have no gradient', async () => {
    const [x, k] = [inputs(), kernel()];
    const sumOfBoth = (x: tf.Tensor) => {
      const {loss, predictions} = withPredictions(labels(), x, k);
      return tf.add(loss, tf.sum(tf.cast(predictions, 'float32')));
    };
    const want = tf.grad((x: tf.Tensor) => linear(labels(), x, k))(x);
    expect(await tf.grad(sumOfBoth)(x).data()).toEqual(await want.data());
  });
});
