/**
 * Every bad argument: a clear error of the right class, before any kernel runs, with nothing left
 * in memory and nothing on the tape.
 */
import * as tf from '@tensorflow/tfjs';

import {
  InvalidArgumentError,
  rawOps,
  sparseSoftmaxCrossEntropyWithLogits as nn,
  ValueError,
} from '../../src/index';
import {runGrad, runLoss} from '../../src/run_kernels';
import {describeBackend, describeEachBackend, usage} from '../helpers/backends';

const raw = rawOps.sparseSoftmaxCrossEntropyWithLogits;
type Arguments = Parameters<typeof nn>;

interface BadInput {
  readonly name: string;
  /** Called inside the spec, so that its tensors belong to the spec. */
  readonly labels: () => unknown;
  readonly logits: () => unknown;
  readonly error: typeof ValueError | typeof InvalidArgumentError;
  readonly message: RegExp;
}

const ids = () => tf.tensor1d([1, 0], 'int32');
const matrix = () => tf.tensor2d([[1, 2, 3], [3, 1, 2]]); // prettier-ignore
const disposed = (tensor: tf.Tensor) => {
  tensor.dispose();
  return tensor;
};

// prettier-ignore
const badInputs: BadInput[] = [
  bad('null labels', () => null, matrix, ValueError, /labels=null and logits=a float32 tensor/),
  bad('no labels', () => undefined, matrix, ValueError, /Both `labels` and `logits` must be/),
  bad('null logits', ids, () => null, ValueError, /logits=null/),
  bad('disposed labels', () => disposed(ids()), matrix, ValueError, /`labels` is a disposed/),
  bad('disposed logits', ids, () => disposed(matrix()), ValueError, /is a disposed tensor/),
  bad('float labels', () => tf.tensor1d([1, 0]), matrix, InvalidArgumentError, /^Cast with tf\.cast\(labels, 'int32'\)\. .*'Tlabels' of float .*got a float32 tensor of shape \[2\]\.$/),
  bad('bool labels', () => tf.tensor1d([true, false]), matrix, InvalidArgumentError, /'Tlabels' of bool/),
  bad('string labels', () => tf.tensor1d(['a', 'b']), matrix, InvalidArgumentError, /'Tlabels' of string/),
  bad('complex labels', () => tf.complex([1, 0], [0, 0]), matrix, InvalidArgumentError, /'Tlabels' of complex64/),
  bad('int logits', ids, () => matrix().toInt(), InvalidArgumentError, /^Cast with tf\.cast\(logits, 'float32'\)\. .*'T' of int32/),
  bad('bool logits', ids, () => matrix().toBool(), InvalidArgumentError, /'T' of bool/),
  bad('string logits', ids, () => tf.tensor2d([['a'], ['b']]), InvalidArgumentError, /'T' of string/),
  bad('complex logits', ids, () => tf.complex(matrix(), matrix()), InvalidArgumentError, /'T' of complex64/),
  bad('a label of 1.5', () => [1.5, 0], matrix, InvalidArgumentError, /got the label 1\.5/),
  bad('a label of NaN', () => [0, NaN], matrix, InvalidArgumentError, /got the label NaN/),
  bad('a label of 2^31', () => [0, 2 ** 31], matrix, InvalidArgumentError, /got the label 2147483648/),
  bad('a label of 2^53', () => [0, 2 ** 53], matrix, InvalidArgumentError, /got the label 9007199254740992/),
  bad('an Infinite label', () => [0, Infinity], matrix, InvalidArgumentError, /the label Infinity/),
  bad('labels in a Float32Array', () => Float32Array.of(1, 0), matrix, InvalidArgumentError, /^Convert .* Int32Array\.from\(labels\)\. .*'Tlabels' of float .*got a Float32Array\./),
  bad('labels in an array of a Float32Array', () => [Float32Array.of(1, 0)], () => tf.ones([1, 2, 3]), InvalidArgumentError, /got a Float32Array/),
  bad('a label of 0.5 in a Float32Array', () => Float32Array.of(1, 0.5), matrix, InvalidArgumentError, /got the label 0\.5\./),
  bad('labels in a Float64Array', () => Float64Array.of(1, 0), matrix, InvalidArgumentError, /got a Float64Array/),
  bad('a label of 2^32 - 1 in a Uint32Array', () => Uint32Array.of(0, 2 ** 32 - 1), matrix, InvalidArgumentError, /the label 4294967295\./),
  bad('labels in a BigInt64Array', () => BigInt64Array.of(1n, 0n), matrix, ValueError, /^Convert .* Int32Array\.from\(labels, Number\)\. .*got a BigInt64Array/),
  bad('logits in a BigUint64Array', () => 0, () => BigUint64Array.of(1n, 0n), ValueError, /Float32Array\.from\((logits|features), Number\)/),
  bad('a Promise of labels', () => Promise.resolve([1, 0]), matrix, ValueError, /^Await the promise first\. `labels` must be .*got a Promise/),
  bad('options for logits', ids, () => ({ignoreClass: 0}), ValueError, /^Pass the options last\. .*got an object of \{ignoreClass\}/),
  bad('a function for logits', ids, () => matrix, ValueError, /^Call the function and pass what it returns\. .*got a function/),
  bad('tensors in an array', ids, () => [tf.ones([3]), tf.ones([3])], ValueError, /tf\.stack\(logits\)/),
  bad('string labels in an array', () => ['a', 'b'], matrix, InvalidArgumentError, /of string/),
  bad('boolean labels in an array', () => [true, false], matrix, InvalidArgumentError, /of bool/),
  bad(
    'BigInt labels',
    () => [1n, 0n],
    matrix,
    ValueError,
    /Int32Array\.from\(labels, Number\)\. .*got the BigInt 1n in an array/,
  ),
  bad('a null among the labels', () => [1, null], matrix, ValueError, /`labels` must be .* null/),
  bad(
    'an object for labels',
    () => ({}),
    matrix,
    ValueError,
    /^Pass the options last\. .*got an object of \{\}/,
  ),
  bad('labels in a new Array', () => new Array(2), matrix, ValueError, /^Give every element of the array a value\. `labels` must be/),
  bad('labels in an array with a hole', () => Object.assign([1, 0], {length: 3}), () => tf.ones([3, 3]), ValueError, /got undefined in an array/),
  bad('ragged logits', ids, () => [[1, 2, 3], [1, 2]], ValueError, /non-rectangular/),
  bad('ragged logits of the right size', () => [0, 1, 0], () => [[1, 2], [3, 4, 5], [6]], ValueError, /non-rectangular/),
  bad('ragged labels', () => [[0, 1], [1]], () => tf.ones([2, 2, 3]), ValueError, /non-rectangular.*`labels`/),
  bad('labels of mixed depth', () => [0, [1]], matrix, ValueError, /non-rectangular.*`labels`/),
  bad('boolean logits in an array', ids, () => [[true], [false]], InvalidArgumentError, /'T' of bool/),
  bad('logits in an Int32Array', () => 0, () => Int32Array.of(1, 2), InvalidArgumentError, /'T' of int32/),
  bad('no class', ids, () => tf.zeros([2, 0]), InvalidArgumentError, /at least one class, but got logits shape \[2,0\]/),
];

/** Mistakes with shapes, each with its cure. The raw op has other errors for them. */
// prettier-ignore
const badShapes: BadInput[] = [
  bad('logits first', matrix, ids, ValueError, /^Pass the labels first: the two look swapped/),
  bad('the logits of one row first', () => [1, 2, 3], () => 0, ValueError, /^Pass the labels first: the two look swapped/),
  bad('a label an example for logits [2, 4, 3]', ids, () => tf.ones([2, 4, 3]), ValueError, /^Give every position a label: labels of shape \[2,4\]/),
  bad('flat labels for logits [2, 4, 3]', () => tf.ones([8], 'int32'), () => tf.ones([2, 4, 3]), ValueError, /^Give the labels the shape \[2,4\]: tf\.reshape\(labels, \[2, 4\]\)/),
  bad('labels [2, 4] for flat logits', () => tf.ones([2, 4], 'int32'), () => tf.ones([8, 3]), ValueError, /tf\.reshape\(labels, \[8\]\)/),
  bad('labels [time, batch]', () => tf.ones([4, 2], 'int32'), () => tf.ones([2, 4, 3]), ValueError, /tf\.transpose\(labels\)/),
  bad('a flat array of logits', () => [1, 0], () => Float32Array.of(1, 2, 3, 3, 1, 2), ValueError, /^Give the logits a row for each label: tf\.tensor2d\(logits, \[2, 3\]\)\./),
  bad('flat logits for labels [2, 1]', () => [[1], [0]], () => [1, 2, 3, 3, 1, 2], ValueError, /^Give the logits a row for each label: tf\.reshape\(logits, \[2, 1, 3\]\)\./),
  bad('logits [batch, classes, time]', () => tf.ones([2, 4], 'int32'), () => tf.ones([2, 3, 4]), ValueError, /^Classes come last: tf\.transpose\(logits, \[0, 2, 1\]\)\./),
  bad('logits [batch, classes, height, width]', () => tf.ones([2, 4, 5], 'int32'), () => tf.ones([2, 3, 4, 5]), ValueError, /^Classes come last: tf\.transpose\(logits, \[0, 2, 3, 1\]\)\./),
  bad('a column of labels in an array', () => [[1], [0]], matrix, ValueError, /^Drop the last dimension of the labels: tf\.cast\(tf\.squeeze\(labels, \[-1\]\), 'int32'\)\./),
  bad('labels of another batch', ids, () => tf.ones([5, 3]), ValueError, /^Give the labels the shape \[5\]: a class id for each row/),
];

/** Refused by each backend while labels are in main memory. */
// prettier-ignore
const badLabels: BadInput[] = [
  bad('a label of -1', () => tf.tensor1d([1, -1], 'int32'), matrix, InvalidArgumentError, /^If -1 marks padding, pass the option \{ignoreClass: -1\}\. The label at \[1\] .*label value of -1 .* \[0, 3\)\. {2}Label values: 1 -1$/),
  bad('a label of classes', () => [1, 3], matrix, InvalidArgumentError, /label value of 3/),
  bad('a label of 2^31 - 1', () => [1, 2 ** 31 - 1], matrix, InvalidArgumentError, /label value of 2147483647/),
  bad('a label of -2^31', () => [1, -(2 ** 31)], matrix, InvalidArgumentError, /label value of -2147483648/),
];

function bad(
  name: string,
  labels: () => unknown,
  logits: () => unknown,
  error: typeof ValueError | typeof InvalidArgumentError,
  message: RegExp,
): BadInput {
  return {name, labels, logits, error, message};
}

describeEachBackend('a bad argument', (backendName) => {
  // ops/ knows no backend, so one serves for what it refuses; labels are refused by each backend.
  const isFirst = backendName === 'cpu';
  const inputs = [...(isFirst ? [...badInputs, ...badShapes] : []), ...badLabels];
  for (const {name, labels, logits, error, message} of inputs) {
    it(`is a clear ${error.name}, and leaves nothing behind: ${name}`, async () => {
      const [$labels, $logits] = [labels(), logits()] as Arguments;
      const before = usage();
      expect(() => nn($labels, $logits)).toThrowError(error, message);
      const rawError = badShapes.some((each) => each.name === name) ? InvalidArgumentError : error;
      expect(() => raw({features: $logits, labels: $labels})).toThrowError(rawError);
      expect(usage()).toEqual(before);

      // Under a tape as well: tf.grad finds nothing recorded that it would have to free.
      const x = tf.zeros([2, 3]);
      const during = usage();
      expect(() => tf.grad(() => nn($labels, $logits))(x)).toThrowError(error);
      expect(usage()).toEqual(during);
      expect(tf.grad((x: tf.Tensor) => nn([0, 0], x))(x).shape).toEqual([2, 3]);
    });
  }

  it('runs no kernel, whatever is wrong with its shape or dtype', async () => {
    const {kernels} = await tf.profile(() => {
      expect(() => nn([0, 1], [[1, 2]])).toThrowError(ValueError);
      expect(() => nn([0.5], [[1, 2]])).toThrowError(InvalidArgumentError);
      expect(() => nn([3], [[1, 2]])).toThrowError(/value of 3/);
      return tf.scalar(0);
    });
    expect(kernels).toEqual([]);
  });

  for (const label of [-1, 3]) {
    it(`makes its row NaN where a kernel runs by name, or is an error there too: ${label}`, async () => {
      const features = matrix();
      const labels = tf.tensor1d([0, label], 'int32');
      for (const name of ['SparseSoftmaxCrossEntropyLoss', 'SparseSoftmaxCrossEntropyWithLogits']) {
        let loss: tf.Tensor;
        try {
          [loss] = tf.engine().runKernel<tf.Tensor[]>(name, {features, labels});
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidArgumentError);
          expect((error as Error).message).toMatch(new RegExp(`label value of ${label}`));
          continue;
        }
        const [first, second] = await loss.data();
        expect(first).toBeCloseTo(2.4076, 4);
        expect(second).toBeNaN();
      }
    });

    it(`makes its row of the gradient NaN where Grad runs by name: ${label}`, async () => {
      const features = matrix();
      const good = tf.tensor1d([0, 0], 'int32');
      const [, statistics] = runLoss({features, labels: good}, {});
      const labels = tf.tensor1d([0, label], 'int32');
      const gradient = runGrad({dy: tf.ones([2]), features, labels, statistics}, {});
      const row = [-0.909969, 0.244728, 0.665241];
      await expectAsync(gradient).toBeAllClose([...row, NaN, NaN, NaN], {absolute: 1e-5});
    });
  }

  it('prints a long batch of labels in part', () => {
    const labels = Array.from({length: 1000}, (_, i) => i);
    expect(() => nn(labels, tf.zeros([1000, 10]))).toThrowError(
      /^The label at \[999\] is no class\. .* 98 99 \.\.\. \(900 more\)$/,
    );
  });
});

describeBackend('cpu', 'a bad argument, whatever the backend,', () => {
  it('of one dimension too many comes with a hint', () => {
    const column = tf.zeros([2, 1], 'int32');
    expect(() => nn(column, matrix())).toThrowError(ValueError, /tf\.squeeze\(labels, \[-1\]\)/);
    expect(() => nn(tf.zeros([2, 3], 'int32'), matrix())).toThrowError(ValueError, /tf\.argMax/);
  });

  it('of a wrong shape comes with a call that mends it, for arrays as for tensors', () => {
    const logits = tf.ones([2, 4, 3]);
    for (const labels of [
      tf.ones([4, 2], 'int32'),
      tf.ones([2, 4, 1], 'int32'),
      tf.ones([8], 'int32'),
    ]) {
      for (const given of [labels, labels.arraySync()]) {
        let message = '';
        try {
          nn(given, logits);
        } catch (error) {
          message = (error as Error).message;
        }
        const call = /: (tf\..*?\))\. /.exec(message)![1];
        const mended = new Function('tf', 'labels', `return ${call}`)(tf, given) as tf.Tensor;
        expect(nn(mended, logits).shape).withContext(call).toEqual([2, 4]);
      }
    }
  });

  it('of strings comes without a hint to cast', () => {
    const words = tf.tensor1d(['a', 'b']);
    expect(() => nn(words, matrix())).toThrowError(
      /^Class ids and logits are numbers\. .*got a string tensor of shape \[2\]\./,
    );
    expect(() => nn(['a', 'b'], matrix())).not.toThrowError(/tf\.cast/);
  });

  it('for the raw op is called by its name there', () => {
    const call = raw as (...args: unknown[]) => unknown;
    const [features, labels] = [matrix(), ids()];
    expect(() => call({logits: features, labels})).toThrowError(
      ValueError,
      /^Name the logits `features` here/,
    );
    expect(() => call({features, labels, ignoreClass: 0})).toThrowError(
      ValueError,
      /^Pass options to .*got `ignoreClass`/,
    );
    expect(() => call(features, labels)).toThrowError(
      ValueError,
      /one object, \{features, labels\}, got a float32 tensor of shape \[2,3\]/,
    );
    expect(() => call()).toThrowError(ValueError, /\{features, labels\}, got undefined/);
    expect(() => call({features})).toThrowError(ValueError, /labels=undefined/);
    expect(() => call({features: tf.ones([2, 3], 'int32'), labels})).toThrowError(
      /`features` must be float32/,
    );
  });

  it('among the options is named', () => {
    const call = (options: unknown) => () => nn(ids(), matrix(), options as object);
    for (const options of [tf.ones([2]), 0.1, null, 'mean', [1]]) {
      expect(call(options)).toThrowError(
        ValueError,
        /^Pass weights to losses\..* `options` must be an object of ignoreClass, /,
      );
    }
    expect(call({label_smoothing: 0.1})).toThrowError(
      ValueError,
      /has no `label_smoothing`: it takes ignoreClass, labelSmoothing/,
    );
    expect(call({ignoreClass: 0.5})).toThrowError(
      ValueError,
      /`ignoreClass` must be an integer, got 0.5/,
    );
    expect(call({labelSmoothing: 1.1})).toThrowError(ValueError, /in \[0, 1\], got 1.1/);
  });

  it('is none of the typed arrays in which token files come', async () => {
    const want = nn([1, 0], matrix());
    for (const TypedArray of [
      Int8Array,
      Uint8Array,
      Uint8ClampedArray,
      Int16Array,
      Uint16Array,
      Int32Array,
      Uint32Array,
    ]) {
      await expectAsync(nn(TypedArray.of(1, 0) as Uint8Array, matrix())).toBeWithinUlps(want, 0);
      const rows = [TypedArray.of(1), TypedArray.of(0)] as Uint8Array[];
      await expectAsync(nn(rows, tf.reshape(matrix(), [2, 1, 3]))).toBeWithinUlps(want, 0);
    }
  });

  it('is reported in the order of TensorFlow: shape, dtype, classes, label', () => {
    expect(() => nn([0.5], [[1], [2]])).toThrowError(/labels\.shape/);
    expect(() => nn([0.5], tf.zeros([1, 0]))).toThrowError(/Tlabels/);
    expect(() => nn([7], tf.zeros([1, 0]))).toThrowError(/at least one class/);
    expect(() => raw({features: tf.zeros([3], 'int32'), labels: [7]})).toThrowError(/'T' of int32/);
  });
});
