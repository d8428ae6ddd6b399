/**
 * TensorFlow's own tests of the op, row by row: sparse_xent_op_test_base.py (A),
 * sparse_xent_op_d9m_test.py (B) and rows derived from the kernel's source (L). Rows of other
 * dtypes than float32 and int32 (A11, A12), of placeholders (A7, A18) and of a GPU (A2, B1) have
 * nothing to run on here.
 */
import * as tf from '@tensorflow/tfjs';

import {
  InvalidArgumentError,
  rawOps,
  sparseSoftmaxCrossEntropyWithLogits as nn,
  ValueError,
} from '../../src/index';
import {describeEachBackend} from '../helpers/backends';
import {expectBadLabel} from '../helpers/bad_labels';
import {classIds, generator, normals} from '../helpers/random';

const raw = rawOps.sparseSoftmaxCrossEntropyWithLogits;
const vector = (labels: number[]) => tf.tensor1d(labels, 'int32');

/** Loss and gradient, from the nn op where the row is of the nn op, checked against the raw op. */
async function check(
  logits: number[][],
  labels: number[],
  loss: number[],
  grad: number[][],
): Promise<void> {
  const features = tf.tensor2d(logits, [logits.length, logits[0].length]);
  const got = tf.valueAndGrad((x: tf.Tensor) => nn(vector(labels), x))(features);
  const both = raw({features, labels: vector(labels)});
  for (const [gotLoss, gotGrad] of [[got.value, got.grad], both]) {
    await expectAsync(gotLoss).toBeAllClose(loss, {relative: 1e-6, absolute: 1e-6});
    await expectAsync(gotGrad).toBeAllClose(grad.flat(), {relative: 1e-6, absolute: 1e-6});
  }
}

/** For a million numbers, which jasmine would compare by their keys. */
const sameBits = (a: Uint32Array, b: Uint32Array) =>
  a.length === b.length && a.every((bits, i) => bits === b[i]);

const LOSS_34 = [1.3862943611198906, 3.4401896985611953];
const GRAD_34 = [
  [0.25, 0.25, 0.25, -0.75],
  [-0.96794139672, 0.087144318742, 0.23688281809, 0.643914259888],
];
const GRAD_LAST = [0.0320586032801, 0.087144318742, 0.23688281809, -0.356085740112];
const ONES_AND_RAMP = [[1, 1, 1, 1], [1, 2, 3, 4]]; // prettier-ignore

/** Hessian blocks of A15, one a row. */
const HESSIANS = [
  [
    [0.151248570376, -0.0381328479564, -0.0282495085726, -0.084866213847],
    [-0.0381328479564, 0.163145054752, -0.0312205353244, -0.0937916714709],
    [-0.0282495085726, -0.0312205353244, 0.128952623071, -0.0694825791738],
    [-0.084866213847, -0.0937916714709, -0.0694825791738, 0.248140464492],
  ],
  [
    [0.0910375084909, -0.0620783749222, -0.0102614863572, -0.0186976472115],
    [-0.0620783749222, 0.237270923888, -0.0620783749222, -0.113114174043],
    [-0.0102614863572, -0.0620783749222, 0.0910375084909, -0.0186976472115],
    [-0.0186976472115, -0.113114174043, -0.0186976472115, 0.150509468466],
  ],
  [
    [0.163766702406, -0.0233674291239, -0.0701996366411, -0.0701996366411],
    [-0.0233674291239, 0.100420184, -0.0385263774382, -0.0385263774382],
    [-0.0701996366411, -0.0385263774382, 0.224465648205, -0.115739634126],
    [-0.0701996366411, -0.0385263774382, -0.115739634126, 0.224465648205],
  ],
];
const A15_LOGITS = [[0.3, 0.4, 0.1, 1.2], [0.1, 1.9, 0.1, 0.7], [0.8, 0.2, 1.3, 1.3]]; // prettier-ignore

describeEachBackend("TensorFlow's own test", () => {
  it('A1 testSingleClass', async () => {
    await check([[1], [-1], [0]], [0, 0, 0], [0, 0, 0], [[0], [0], [0]]);
  });

  it('A3 testInvalidLabelCPU, L6 the label reported', async () => {
    const features = tf.tensor2d([[1, 1, 1, 1], [1, 1, 1, 1], [1, 2, 3, 4], [1, 2, 3, 4]]); // prettier-ignore
    const report = (label: number) =>
      new RegExp(
        `Received a label value of ${label} which is outside the valid range of \\[0, 4\\)`,
      );
    for (const call of [
      (labels: tf.Tensor) => nn(labels, features),
      (labels: tf.Tensor) => raw({features, labels})[0],
    ]) {
      await expectBadLabel(call, vector([4, 3, 0, -1]), report(-1));
      await expectBadLabel(call, vector([4, 3, 0, 1]), report(4));
    }
  });

  it('A4 testNpXent, A9 testFloat, A19 the raw op', async () => {
    await check(ONES_AND_RAMP, [3, 0], LOSS_34, GRAD_34);
  });

  it('A5 testShapeMismatch', () => {
    expect(() => nn([[0, 2]], [[0, 1], [2, 3], [2, 3]])) // prettier-ignore
      .toThrowError(ValueError, /`labels\.shape\.rank` must equal `logits\.shape\.rank - 1`/);
  });

  it('A6 testScalar', () => {
    expect(() => nn(0, 1)).toThrowError(ValueError, /`logits` cannot be a scalar/);
  });

  it('A8 testVector', async () => {
    const loss = nn(0, [1]);
    expect(loss.shape).toEqual([]);
    await expectAsync(loss).toBeWithinUlps([0], 0);
  });

  it('A10 testDouble, in float32', async () => {
    const grad = [[-0.75, 0.25, 0.25, 0.25], GRAD_LAST];
    await check(ONES_AND_RAMP, [0, 3], [1.3862943611198906, 0.44018969856119533], grad);
  });

  it('A13 testEmpty, L7', () => {
    const [loss, backprop] = raw({features: tf.zeros([0, 3]), labels: tf.zeros([0], 'int32')});
    expect(loss.shape).toEqual([0]);
    expect(backprop.shape).toEqual([0, 3]);
  });

  it('A14 testGradient, without any second-order work', async () => {
    const logits = [[0.1, 0.2, 0.3, 0.4], [0.1, 0.4, 0.9, 1.6], [0.1, 0.8, 2.7, 6.4]]; // prettier-ignore
    await check(
      logits,
      [3, 0, 1],
      [1.2425355294551628, 2.2035477446231475, 5.6298089602347172],
      [
        [0.213838220366, 0.236327782322, 0.261182592155, -0.711348594843],
        [-0.889589246459, 0.149038928118, 0.24572365095, 0.494826667391],
        [0.00178237424094, -0.996410739047, 0.0239974198603, 0.970630944945],
      ],
    );
    const features = tf.tensor2d(logits);
    const labels = vector([3, 0, 1]);
    const kernelsOf = async (f: (x: tf.Tensor) => tf.Tensor) => {
      const {kernels} = await tf.profile(() => tf.grad(f)(features));
      return kernels.map(({name}) => name).filter((name) => /^(Sparse|Softmax|Mul|Sum)/.test(name));
    };
    expect(await kernelsOf((x) => nn(labels, x))).toEqual([
      'SparseSoftmaxCrossEntropyLoss',
      'SparseSoftmaxCrossEntropyGrad',
    ]);
    expect(await kernelsOf((x) => raw({features: x as tf.Tensor2D, labels})[0])).toEqual([
      'SparseSoftmaxCrossEntropyWithLogits',
      'SparseSoftmaxCrossEntropyLoss',
      'SparseSoftmaxCrossEntropyGrad',
    ]);
  });

  it('A15 testSecondGradient, L12 through the backprop output', async () => {
    const labels = vector([3, 0, 1]);
    const features = tf.tensor2d(A15_LOGITS);
    const viaLoss = (x: tf.Tensor) => tf.grad((x: tf.Tensor) => nn(labels, x))(x);
    const viaRawLoss = (x: tf.Tensor) =>
      tf.grad((x: tf.Tensor) => raw({features: x, labels})[0])(x);
    const viaBackprop = (x: tf.Tensor) => raw({features: x, labels})[1];
    for (const gradient of [viaLoss, viaRawLoss, viaBackprop]) {
      for (let k = 0; k < 4; k++) {
        const unit = tf.oneHot(tf.fill([3], k, 'int32'), 4).toFloat();
        const rows = HESSIANS.map((hessian) => hessian[k]).flat();
        await expectAsync(tf.grad(gradient)(features, unit)).toBeAllClose(rows, {absolute: 1e-7});
      }
    }
  });

  it('A16 testHighDim', async () => {
    const logits = tf.tensor3d(ONES_AND_RAMP.map((row) => [row]));
    const labels = tf.tensor2d([[3], [0]], [2, 1], 'int32');
    const {value, grad} = tf.valueAndGrad((x: tf.Tensor) => nn(labels, x))(logits);
    expect(value.shape).toEqual([2, 1]);
    await expectAsync(value).toBeAllClose(LOSS_34, {absolute: 1e-6});
    await expectAsync(grad).toBeAllClose(GRAD_34.flat(), {absolute: 1e-6});
  });

  it('A17 testHighDim2', async () => {
    const logits = tf.tensor3d([[[1, 1, 1, 1], [2, 2, 2, 2]], [[1, 2, 3, 4], [5, 6, 7, 8]]]); // prettier-ignore
    const labels = tf.tensor2d([[3, 2], [0, 3]], [2, 2], 'int32'); // prettier-ignore
    const {value, grad} = tf.valueAndGrad((x: tf.Tensor) => nn(labels, x))(logits);
    const loss = [LOSS_34[0], LOSS_34[0], LOSS_34[1], 0.44018969856119533];
    await expectAsync(value).toBeAllClose(loss, {absolute: 1e-6});
    const want = [GRAD_34[0], [0.25, 0.25, -0.75, 0.25], GRAD_34[1], GRAD_LAST];
    await expectAsync(grad).toBeAllClose(want.flat(), {absolute: 1e-6});
  });

  it('A20 the example of the docstring', async () => {
    const logits = [[2, -5, 0.5, -0.1], [0, 0, 1.9, 1.4], [-100, 100, -100, -100]]; // prettier-ignore
    const want = [0.29750749726216225, 1.1448325498394578, 0];
    await expectAsync(nn([0, 3, 1], logits)).toBeAllClose(want, {absolute: 1e-7});
  });

  it('B2 testForward, B3 testBackward: the same bits on every run', async () => {
    const labels = tf.tensor1d(classIds(1024, 1000, 456), 'int32');
    const logits = tf.tensor2d(normals(1024 * 1000, 0.5, 0, 456), [1024, 1000]);
    const bits = async (tensor: tf.Tensor) => new Uint32Array((await tensor.data()).slice().buffer);
    const loss = await bits(nn(labels, logits));
    expect(sameBits(await bits(nn(labels, logits)), loss)).toBeTrue();
    const dy = tf.tensor1d(Array.from({length: 1024}, generator(456)));
    const gradient = () => bits(tf.grad((x: tf.Tensor) => nn(labels, x))(logits, dy));
    expect(sameBits(await gradient(), await gradient())).toBeTrue();
  });

  it('L1-L5 the shapes of the raw op, in the order of its checks', () => {
    const ids = (shape: number[]) => tf.zeros(shape, 'int32');
    const fails = (features: number[], labels: number[], message: string) =>
      expect(() => raw({features: tf.zeros(features), labels: ids(labels)})).toThrowError(
        InvalidArgumentError,
        message,
      );
    fails([3], [3], 'logits must be 2-D, but got shape [3]'); // L1, L5
    fails([3, 1, 2], [3], 'logits must be 2-D, but got shape [3,1,2]');
    fails([2, 3], [], 'labels must be 1-D, but got shape []'); // L2
    fails([2, 3], [2, 1], 'labels must be 1-D, but got shape [2,1]');
    fails(
      [2, 3],
      [3],
      'logits and labels must have the same first dimension, ' +
        'got logits shape [2,3] and labels shape [3]',
    ); // L3
    fails([2, 0], [2], 'Must have at least one class, but got logits shape [2,0]'); // L4
    fails([0, 0], [0], 'Must have at least one class, but got logits shape [0,0]');
  });

  it('L8, L9 -Infinity beside and at the label', async () => {
    const row = [1, -Infinity, 0];
    await check([row], [0], [0.3132616875182228], [[-0.2689414213699951, 0, 0.2689414213699951]]);
    await check([row], [1], [Infinity], [[0.7310585786300049, -1, 0.2689414213699951]]);
  });

  it('L10 NaN, +Infinity and -Infinity alone make their row NaN and no other', async () => {
    for (const row of [
      [-Infinity, -Infinity],
      [NaN, 0],
      [0, NaN],
      [Infinity, 0],
      [0, Infinity],
    ]) {
      await check(
        [[0, 0], row, [0, 0]],
        [0, 0, 0],
        [Math.LN2, NaN, Math.LN2],
        [
          [-0.5, 0.5],
          [NaN, NaN],
          [-0.5, 0.5],
        ],
      );
    }
  });

  it('L11 far apart', async () => {
    await check([[1e4, -1e4, 0]], [1], [20000], [[1, -1, 0]]);
  });
});
