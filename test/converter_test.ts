/** A graph that TensorFlow made, trained and froze (scripts/goldens/graph_model.py), in tf.js. */
import * as tf from '@tensorflow/tfjs';

import {registerGraphModelOp} from '../src/converter';
import {ValueError} from '../src/index';
import goldens from './goldens/graph_model.json';
import {describeEachBackend} from './helpers/backends';
import {type GoldenTensor, numbers, toTensor} from './helpers/goldens';

const OP = 'SparseSoftmaxCrossEntropyWithLogits';
const OUTPUTS = ['loss', 'backprop', 'cost', 'doubt'] as const;
const CLOSE = {relative: 1e-5, absolute: 1e-6};

/** The contents of a model.json and its binary file. */
function artifacts(): tf.io.ModelArtifacts {
  const weights: Array<[string, GoldenTensor]> = Object.entries(goldens.weights);
  const words = weights.flatMap(([, weight]) => {
    const array = weight.dtype === 'int32' ? Int32Array : Float32Array;
    return [...new Uint8Array(array.from(numbers(weight)).buffer)];
  });
  return {
    format: 'graph-model',
    modelTopology: goldens.modelTopology,
    weightSpecs: weights.map(([name, {shape, dtype}]) => {
      return {name, shape, dtype: dtype as 'float32' | 'int32'};
    }),
    weightData: Uint8Array.from(words).buffer,
  };
}

function load(): Promise<tf.GraphModel> {
  return tf.loadGraphModel(tf.io.fromMemory(artifacts()));
}

function inputs(): {x: tf.Tensor; labels: tf.Tensor} {
  return {x: toTensor(goldens.inputs.x), labels: toTensor(goldens.inputs.labels)};
}

describeEachBackend('registerGraphModelOp', () => {
  afterEach(() => tf.deregisterOp(OP));

  it("runs TensorFlow's graph with its loss and backprop, the labels int64 there", async () => {
    registerGraphModelOp(tf.registerOp);
    const model = await load();
    const before = tf.memory().numTensors;
    const outputs = model.execute(inputs(), [...OUTPUTS]) as tf.Tensor[];
    expect(tf.memory().numTensors).toBe(before + 2 + OUTPUTS.length); // x and labels.
    for (const [i, name] of OUTPUTS.entries()) {
      const want = goldens.outputs[name];
      expect(outputs[i].shape).withContext(name).toEqual(want.shape);
      await expectAsync(outputs[i]).withContext(name).toBeAllClose(numbers(want), CLOSE);
    }
    spyOn(console, 'warn'); // tf.js: "You can use model.execute() instead."
    const later = await model.executeAsync(inputs(), [...OUTPUTS]);
    await expectAsync((later as tf.Tensor[])[1]).toBeAllClose(
      numbers(goldens.outputs.backprop),
      CLOSE,
    );
    model.dispose();
  });

  it('lets a gradient pass through the graph', async () => {
    registerGraphModelOp(tf.registerOp);
    const model = await load();
    const {x, labels} = inputs();
    const cost = (x: tf.Tensor) => model.execute({x, labels}, 'cost') as tf.Scalar;
    const gradient = await tf.grad(cost)(x).data();
    const step = 1 / 64;
    for (const i of [0, 13, 31]) {
      const moved = async (by: number) => {
        const values = Array.from(await x.data());
        values[i] += by;
        return (await cost(tf.tensor(values, x.shape)).data())[0];
      };
      expect(gradient[i]).toBeCloseTo(((await moved(step)) - (await moved(-step))) / (2 * step), 3);
    }
    model.dispose();
  });

  it('may be called twice', async () => {
    const warn = spyOn(console, 'warn');
    registerGraphModelOp(tf.registerOp);
    registerGraphModelOp(tf.registerOp);
    expect(warn).not.toHaveBeenCalled();
    const model = await load();
    const loss = model.execute(inputs(), 'loss') as tf.Tensor;
    await expectAsync(loss).toBeAllClose(numbers(goldens.outputs.loss), CLOSE);
    model.dispose();
  });

  it('is named in the error of a graph that runs without it', async () => {
    const model = await load();
    expect(() => model.execute(inputs(), 'loss')).toThrowError(
      /Unknown op 'SparseSoftmaxCrossEntropyWithLogits'.*register a custom execution/,
    );
    model.dispose();
  });
});

describe('registerGraphModelOp', () => {
  it('says what it takes', () => {
    const register = registerGraphModelOp as (registerOp?: unknown) => void;
    for (const wrong of [undefined, tf, OP]) {
      expect(() => register(wrong)).toThrowError(
        ValueError,
        /^registerGraphModelOp: takes tf\.registerOp, the function itself, got (undefined|object|string)\./,
      );
    }
  });
});
