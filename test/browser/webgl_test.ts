/** What only a GPU backend can get wrong; what every backend must do, the shared suite asks of it. */
import * as tf from '@tensorflow/tfjs';
import {MathBackendWebGL, setWebGLContext} from '@tensorflow/tfjs-backend-webgl';

import {
  InvalidArgumentError,
  rawOps,
  registerKernels,
  sparseSoftmaxCrossEntropyWithLogits as nn,
} from '../../src/index';
import {describeBackend, SHADERS_ONLY, startBackend} from '../helpers/backends';
import {oracle} from '../helpers/oracle';
import {classIds, normals} from '../helpers/random';
import {probe, webglBackend} from '../helpers/webgl_probe';

function check(logits: tf.Tensor, labels: tf.Tensor | Int32Array): void {
  const values = logits.dataSync<'float32'>().slice();
  const ids = labels instanceof Int32Array ? labels : labels.dataSync<'int32'>().slice();
  const $labels = labels instanceof Int32Array ? tf.tensor1d(labels, 'int32') : labels;
  const want = oracle({logits: values, labels: ids, numClasses: logits.shape.at(-1)!});
  const {value, grad} = tf.valueAndGrad((x: tf.Tensor) => nn($labels, x))(logits);
  expect(value).toBeTheLoss(want.loss);
  expect(grad).toBeTheGradient(want.backprop);
}

/** The same numbers as a texture, two by two to a texel. */
const packed = (x: tf.Tensor) => tf.add(x, tf.zerosLike(x));
/** ... as a texture of one number to a texel. */
const unpacked = (x: tf.Tensor) => tf.gather(x, tf.range(0, x.shape[0], 1, 'int32'));

describeBackend(
  'webgl',
  'a tensor in any state',
  () => {
    const logits = () => tf.tensor2d(normals(7 * 45, 3, 0, 1), [7, 45]);
    const labels = classIds(7, 45, 2);

    it('is what the specs take it for', () => {
      const isPacked = (x: tf.Tensor) => webglBackend().texData.get(x.dataId).isPacked;
      expect(isPacked(packed(logits()))).toBeTrue();
      expect(isPacked(unpacked(logits()))).toBeFalsy();
    });

    it('is read: in main memory, packed, unpacked, a slice, a transpose', () => {
      check(logits(), labels);
      check(packed(logits()), labels);
      check(unpacked(logits()), labels);
      check(tf.slice(unpacked(tf.concat([logits(), logits()])), [3, 0], [7, 45]), labels);
      check(tf.slice(packed(tf.concat([logits(), logits()])), [3, 0], [7, 45]), labels);
      check(tf.transpose(packed(tf.tensor2d(normals(7 * 45, 3, 0, 1), [45, 7]))), labels);
    });

    it('is read after a reshape that does not move it, and after one that does', () => {
      for (const shape of [
        [2, 9, 20],
        [3, 4, 30],
        [9, 1, 40],
        [1, 9, 40],
        [2, 3, 3, 20],
      ]) {
        const flat = [shape.slice(0, -1).reduce((a, b) => a * b), shape.at(-1)!];
        const values = normals(flat[0] * flat[1], 3, 0, 5);
        const ids = classIds(flat[0], flat[1], 6);
        for (const state of [packed, unpacked, tf.clone]) {
          check(tf.reshape(state(tf.tensor(values, shape)), flat), ids);
          check(tf.reshape(state(tf.tensor(values, flat)), shape), tf.tensor(ids, shape.slice(0, -1), 'int32')); // prettier-ignore
          check(state(tf.tensor(values, shape)), tf.tensor(ids, shape.slice(0, -1), 'int32'));
        }
      }
    });

    it('can be labels: in main memory, computed, sliced, reshaped', () => {
      const ids = () => tf.tensor1d(labels, 'int32');
      check(logits(), ids());
      check(logits(), tf.argMax(logits(), -1));
      check(logits(), tf.slice(tf.concat([ids(), ids()]), [7], [7]));
      check(logits(), tf.reshape(tf.slice(tf.stack([ids(), ids()]), [1, 0], [1, 7]), [7]));
    });

    it('can be dy: a scalar times, packed, unpacked, in main memory', () => {
      const {backprop} = oracle({logits: normals(7 * 45, 3, 0, 1), labels, numClasses: 45});
      const dy = normals(7, 1, 0, 3);
      const want = backprop.map((value, i) => value * dy[Math.floor(i / 45)]);
      const f = (x: tf.Tensor) => nn(tf.tensor1d(labels, 'int32'), x);
      for (const state of [tf.clone, packed, unpacked]) {
        expect(tf.grad(f)(logits(), state(tf.tensor1d(dy)))).toBeTheGradient(want);
      }
    });
  },
  SHADERS_ONLY,
);

describeBackend(
  'webgl',
  'a label outside [0, classes)',
  () => {
    for (const numClasses of [3, 45, 3000]) {
      it(`is NaN in its row of loss and gradient, and nowhere else: ${numClasses} classes`, () => {
        const labels = [0, -1, numClasses - 1, numClasses, 1, 2 ** 31 - 1, 2, -(2 ** 31), 1];
        const logits = normals(9 * numClasses, 1, 0, 1);
        const isBad = (row: number) => labels[row] < 0 || labels[row] >= numClasses;
        const valid = labels.map((label, row) => (isBad(row) ? 0 : label));
        const {loss, backprop} = oracle({logits, labels: valid, numClasses});
        const wantLoss = loss.map((value, row) => (isBad(row) ? NaN : value));
        const wantGrad = backprop.map((value, i) => (isBad(Math.floor(i / numClasses)) ? NaN : value)); // prettier-ignore

        const features = tf.tensor2d(logits, [9, numClasses]);
        const $labels = tf.tensor1d(labels, 'int32');
        const {value, grad} = tf.valueAndGrad((x: tf.Tensor) => nn($labels, x))(features);
        expect(value).toBeTheLoss(wantLoss);
        expect(grad).toBeTheGradient(wantGrad);
        const both = rawOps.sparseSoftmaxCrossEntropyWithLogits({features, labels: $labels});
        expect(both[0]).toBeTheLoss(wantLoss);
        expect(both[1]).toBeTheGradient(wantGrad);
      });
    }

    it('is not looked for by reading anything back', () => {
      const logits = packed(tf.ones([4, 50]));
      const labels = tf.argMax(logits, -1);
      const read = spyOn(webglBackend(), 'readSync').and.callThrough();
      tf.grad((x: tf.Tensor) => nn(labels, x))(logits);
      expect(read).not.toHaveBeenCalled();
    });
  },
  SHADERS_ONLY,
);

describeBackend('webgl', 'tiny tensors in main memory', () => {
  it('are computed there, without a draw, as exactly as on cpu', () => {
    const logits = normals(24, 3, 0, 1);
    const labels = [0, 7, 9];
    const want = oracle({logits, labels: [0, 7, 0], numClasses: 8});
    const {draws} = probe(() => {
      const f = (x: tf.Tensor) => nn(tf.tensor1d(labels, 'int32'), x);
      const {value, grad} = tf.valueAndGrad(f)(tf.tensor2d(logits, [3, 8]));
      expect(value).toBeWithinUlps([...want.loss.slice(0, 2), NaN], 1);
      expect(grad).toBeWithinUlps([...want.backprop.slice(0, 16), ...Array(8).fill(NaN)], 2);
    });
    expect(draws).toEqual([]);
  });
});

describeBackend(
  'webgl',
  'textures of any limit',
  () => {
    it('hold matrices of any shape', () => {
      const shapes = [[1, 3000], [3000, 1], [1025, 3], [3, 1025], [2100, 33], [33, 2100], [600, 600]]; // prettier-ignore
      for (const limit of [64, 200, 512, 1024]) {
        tf.env().set('WEBGL_MAX_TEXTURE_SIZE', limit);
        for (const [batch, numClasses] of shapes) {
          const texels = batch * numClasses;
          if (texels > 3 * limit * limit) continue;
          const values = normals(texels, 3, 0, batch);
          const labels = classIds(batch, numClasses, limit);
          check(tf.tensor2d(values, [batch, numClasses]), labels);
          if (texels > limit * limit) continue; // tf.js's own ops need a texel for each number.
          check(packed(tf.tensor2d(values, [batch, numClasses])), labels);
          // Folded where the limit allows: the texture keeps the width of another shape.
          if (batch % 2 === 0) {
            const folded = packed(tf.tensor3d(values, [batch / 2, 2, numClasses]));
            check(tf.reshape(folded, [batch, numClasses]), labels);
          }
        }
      }
    });
  },
  SHADERS_ONLY,
);

describeBackend(
  'webgl',
  'half-float textures',
  () => {
    /** Multiples of 1/64 below 16: the same numbers in half floats. */
    const grid = (size: number, seed: number) =>
      normals(size, 3, 0, seed).map((x) => Math.max(-15, Math.min(15, Math.round(64 * x) / 64)));

    for (const [batch, numClasses] of [
      [9, 10],
      [5, 33],
      [16, 1000],
      [3, 2048],
    ]) {
      it(`have every label right: [${batch}, ${numClasses}]`, () => {
        const logits = grid(batch * numClasses, numClasses);
        const labels = classIds(batch, numClasses, 3);
        labels[0] = numClasses - 1;
        const want = oracle({logits, labels, numClasses});
        const f = (x: tf.Tensor) => nn(tf.tensor1d(labels, 'int32'), x);
        const {value, grad} = tf.valueAndGrad(f)(tf.tensor2d(logits, [batch, numClasses]));
        // A half float has 11 bits; some GPUs cut off the rest instead of rounding, of the sum
        // and again of the loss.
        expect(value).toBeAllClose(want.loss, {relative: 2 ** -10, absolute: 2 ** -9});
        expect(grad).toBeAllClose(want.backprop, {relative: 2 ** -9, absolute: 2 ** -11});
      });
    }

    it('refuse more classes than they can tell apart, before anything runs', () => {
      const logits = tf.zeros<tf.Rank.R2>([2, 2049]);
      const labels = tf.tensor1d([0, 1], 'int32');
      const message = /`logits` have 2049 classes, .* half floats, .*setBackend\('cpu'\)/;
      const {draws} = probe(() => {
        expect(() => nn(labels, logits)).toThrowError(InvalidArgumentError, message);
        expect(() => rawOps.sparseSoftmaxCrossEntropyWithLogits({features: logits, labels})).toThrowError(message); // prettier-ignore
      });
      expect(draws).toEqual([]);
    });

    it('make NaN of NaN, of a bad label and of -Infinity alone, and of no other row', () => {
      const lowest = -Infinity;
      const logits = [[1, 2, 3], [1, NaN, 3], [lowest, lowest, lowest], [1, lowest, 3], [3, 2, 1]]; // prettier-ignore
      const f = (x: tf.Tensor) => nn(tf.tensor1d([0, 1, 2, 2, 3], 'int32'), x);
      const loss = Array.from(f(tf.tensor2d(logits)).dataSync(), Number.isNaN);
      expect([loss[0], loss[1], loss[2], loss[4]]).toEqual([false, true, true, true]);
    });
  },
  {...SHADERS_ONLY, WEBGL_FORCE_F16_TEXTURES: true, WEBGL_RENDER_FLOAT32_ENABLED: false},
);

describeBackend(
  'webgl',
  'WebGL 1',
  () => {
    it('is what the context is, and runs no shader of ours', () => {
      const {gl} = webglBackend().getGPGPUContext();
      expect(gl instanceof WebGL2RenderingContext).toBeFalse();
      const {draws} = probe(() => check(packed(tf.ones([40, 40])), new Int32Array(40)));
      expect(draws.filter((name) => /^(FewClasses|Statistics|Loss|RowTerms|Grad)/.test(name))).toEqual([]); // prettier-ignore
    });
  },
  {...SHADERS_ONLY, WEBGL_VERSION: 1},
);

describe('a lost context', () => {
  it('is an error, not a loss of 0', async () => {
    // Another backend on a canvas of its own, so that only it is lost. tf.js would keep that
    // canvas for later backends too.
    await startBackend('webgl', SHADERS_ONLY);
    const {gl} = webglBackend().getGPGPUContext();
    const canvas = document.createElement('canvas');
    tf.registerBackend('webgl-to-lose', () => new MathBackendWebGL(canvas));
    const ours = tf.getKernelsForBackend('webgl').filter(({kernelName}) => !kernelName.startsWith('Sparse')); // prettier-ignore
    for (const kernel of ours) tf.registerKernel({...kernel, backendName: 'webgl-to-lose'});
    registerKernels(['webgl-to-lose']);
    await tf.setBackend('webgl-to-lose');
    const logits = tf.ones([4, 50]);
    const labels = tf.zeros([4], 'int32');
    expect(nn(labels, logits).dataSync()[0]).toBeCloseTo(Math.log(50), 5);

    const isLost = new Promise((resolve) => canvas.addEventListener('webglcontextlost', resolve));
    webglBackend().getGPGPUContext().gl.getExtension('WEBGL_lose_context')!.loseContext();
    expect(() => nn(labels, logits)).toThrowError(/WebGL context was lost/);
    expect(() => tf.grad((x: tf.Tensor) => nn(labels, x))(logits)).toThrowError(/context was lost/);
    await isLost;
    await tf.setBackend('cpu');
    tf.removeBackend('webgl-to-lose');
    setWebGLContext(2, gl);
  });
});
