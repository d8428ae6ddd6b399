/**
 * Mistakes that only a GPU backend can make. The shared suite has the rest.
 */
import * as tf from '@tensorflow/tfjs';
import {MathBackendWebGL, setWebGLContext} from '@tensorflow/tfjs-backend-webgl';

import {
  InvalidArgumentError,
  rawOps,
  registerKernels,
  sparseSoftmaxCrossEntropyWithLogits as nn,
} from '../../src/index';
import {describeBackend, SHADERS_ONLY, startBackend} from '../helpers/backends';
import {uploaded} from '../helpers/bad_labels';
import {oracle} from '../helpers/oracle';
import {classIds, normals} from '../helpers/random';
import {probe, webglBackend} from '../helpers/webgl_probe';

async function check(logits: tf.Tensor, labels: tf.Tensor | Int32Array): Promise<void> {
  const values = logits.dataSync<'float32'>().slice();
  const ids = labels instanceof Int32Array ? labels : labels.dataSync<'int32'>().slice();
  const $labels = labels instanceof Int32Array ? tf.tensor1d(labels, 'int32') : labels;
  const want = oracle({logits: values, labels: ids, numClasses: logits.shape.at(-1)!});
  const {value, grad} = tf.valueAndGrad((x: tf.Tensor) => nn($labels, x))(logits);
  await expectAsync(value).toBeTheLoss(want.loss);
  await expectAsync(grad).toBeTheGradient(want.backprop);
}

/** The same numbers as a texture, two by two to a texel, with 0 / 0 where a texel is not full. */
const packed = (x: tf.Tensor) => tf.div(x, tf.onesLike(x));
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

    it('is read: in main memory, packed, unpacked, a slice, a transpose', async () => {
      await check(logits(), labels);
      await check(packed(logits()), labels);
      await check(unpacked(logits()), labels);
      await check(tf.slice(unpacked(tf.concat([logits(), logits()])), [3, 0], [7, 45]), labels);
      await check(tf.slice(packed(tf.concat([logits(), logits()])), [3, 0], [7, 45]), labels);
      await check(tf.transpose(packed(tf.tensor2d(normals(7 * 45, 3, 0, 1), [45, 7]))), labels);
    });

    it('is read after a reshape that does not move it, and after one that does', async () => {
      for (const shape of [
        [2, 9, 20],
        [3, 4, 35],
        [9, 1, 40],
        [1, 9, 40],
        [2, 3, 3, 20],
        [2, 3, 3, 2, 20],
      ]) {
        const flat = [shape.slice(0, -1).reduce((a, b) => a * b), shape.at(-1)!];
        const values = normals(flat[0] * flat[1], 3, 0, 5);
        const ids = classIds(flat[0], flat[1], 6);
        for (const state of [packed, unpacked, tf.clone]) {
          await check(tf.reshape(state(tf.tensor(values, shape)), flat), ids);
          await check(
            tf.reshape(state(tf.tensor(values, flat)), shape),
            tf.tensor(ids, shape.slice(0, -1), 'int32'),
          );
          await check(state(tf.tensor(values, shape)), tf.tensor(ids, shape.slice(0, -1), 'int32'));
        }
      }
    });

    it('can be labels: in main memory, computed, sliced, reshaped', async () => {
      const ids = () => tf.tensor1d(labels, 'int32');
      await check(logits(), ids());
      await check(logits(), tf.argMax(logits(), -1));
      await check(logits(), tf.slice(tf.concat([ids(), ids()]), [7], [7]));
      await check(logits(), tf.reshape(tf.slice(tf.stack([ids(), ids()]), [1, 0], [1, 7]), [7]));
    });

    it('can be labels that are whole numbers only when rounded, as those of tf.pow', async () => {
      const hundred = () => tf.pow(tf.fill([4], 10, 'int32'), tf.fill([4], 2, 'int32')); // 99.99999
      await check(tf.tensor2d(normals(4 * 130, 1, 0, 1), [4, 130]), hundred());
      const f = (x: tf.Tensor) => nn(hundred(), x);
      await expectAsync(f(tf.ones([4, 100]))).toBeAllClose([NaN, NaN, NaN, NaN], {});
      await expectAsync(tf.grad(f)(tf.ones([4, 100]))).toBeAllClose(Array(400).fill(NaN), {});
    });

    it('can be dy: a scalar times, packed, unpacked, in main memory', async () => {
      const {backprop} = oracle({logits: normals(7 * 45, 3, 0, 1), labels, numClasses: 45});
      const dy = normals(7, 1, 0, 3);
      const want = backprop.map((value, i) => value * dy[Math.floor(i / 45)]);
      const f = (x: tf.Tensor) => nn(tf.tensor1d(labels, 'int32'), x);
      for (const state of [tf.clone, packed, unpacked]) {
        await expectAsync(tf.grad(f)(logits(), state(tf.tensor1d(dy)))).toBeTheGradient(want);
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
      it(`is NaN in its row of loss and gradient, and nowhere else: ${numClasses} classes`, async () => {
        const labels = [0, -1, numClasses - 1, numClasses, 1, 2 ** 31 - 1, 2, -(2 ** 31), 1];
        const logits = normals(9 * numClasses, 1, 0, 1);
        const isBad = (row: number) => labels[row] < 0 || labels[row] >= numClasses;
        const valid = labels.map((label, row) => (isBad(row) ? 0 : label));
        const {loss, backprop} = oracle({logits, labels: valid, numClasses});
        const wantLoss = loss.map((value, row) => (isBad(row) ? NaN : value));
        const wantGrad = backprop.map((value, i) =>
          isBad(Math.floor(i / numClasses)) ? NaN : value,
        );

        const features = tf.tensor2d(logits, [9, numClasses]);
        const $labels = uploaded(tf.tensor1d(labels, 'int32'));
        const {value, grad} = tf.valueAndGrad((x: tf.Tensor) => nn($labels, x))(features);
        await expectAsync(value).toBeTheLoss(wantLoss);
        await expectAsync(grad).toBeTheGradient(wantGrad);
        const both = rawOps.sparseSoftmaxCrossEntropyWithLogits({features, labels: $labels});
        await expectAsync(both[0]).toBeTheLoss(wantLoss);
        await expectAsync(both[1]).toBeTheGradient(wantGrad);
      });
    }

    it('is an error in main memory, where a slice has the values of all of its origin', async () => {
      const logits = tf.ones([2, 3]);
      const labels = uploaded(tf.tensor1d([7, 0, 2], 'int32'));
      const slice = tf.slice(labels, 1, 2);
      await expectAsync(nn(slice, logits)).toBeTheLoss([Math.log(3), Math.log(3)]);
      await labels.data(); // From now on its values are in main memory, too.
      expect(() => nn(labels, tf.ones([3, 3]))).toThrowError(/label value of 7/);
      const laterSlice = tf.slice(labels, 1, 2);
      await expectAsync(nn(laterSlice, logits)).toBeTheLoss([Math.log(3), Math.log(3)]);
    });

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

describeBackend(
  'webgl',
  'tiny tensors in main memory',
  () => {
    it('are computed in JavaScript, without a draw, as precisely as on cpu', async () => {
      const logits = normals(24, 3, 0, 1);
      const labels = [0, 7, 3];
      const want = oracle({logits, labels, numClasses: 8});
      const f = (x: tf.Tensor) => nn(tf.tensor1d(labels, 'int32'), x);
      let answer: {value: tf.Tensor; grad: tf.Tensor};
      const {draws} = probe(() => {
        answer = tf.valueAndGrad(f)(tf.tensor2d(logits, [3, 8]));
      });
      await expectAsync(answer!.value).toBeWithinUlps(want.loss, 1);
      await expectAsync(answer!.grad).toBeWithinUlps(want.backprop, 2);
      expect(draws).toEqual([]);
    });
  },
  {},
); // tf.js's own flags, under which it may stay there.

describeBackend(
  'webgl',
  'a call that fails',
  () => {
    for (const [name, numClasses] of [
      ['SparseSoftmaxCrossEntropyLoss', 40],
      ['SparseSoftmaxCrossEntropyWithLogits', 40],
      ['SparseSoftmaxCrossEntropyWithLogits', 10],
    ] as const) {
      it(`lets go of everything, wherever it fails: ${name}, ${numClasses} classes`, () => {
        const features = unpacked(tf.ones([6, numClasses]));
        const labels = tf.zeros([6], 'int32');
        const run = () => tf.engine().runKernel<tf.Tensor[]>(name, {features, labels});
        tf.dispose(run());
        const webgl = webglBackend();
        const before = webgl.numDataIds();
        const {runWebGLProgram} = webgl;
        for (let fatal = 1; ; fatal++) {
          let draws = 0;
          let depth = 0;
          webgl.runWebGLProgram = (...args) => {
            // If an upload inside tf.js fails, tf.js leaks.
            if (depth === 0 && ++draws === fatal) throw new Error('no more memory');
            depth++;
            const info = runWebGLProgram.apply(webgl, args);
            depth--;
            return info;
          };
          try {
            tf.dispose(run());
          } catch (error) {
            expect(error).toEqual(new Error('no more memory'));
          } finally {
            Object.assign(webgl, {runWebGLProgram});
          }
          expect(webgl.numDataIds()).withContext(`draw ${fatal}`).toBe(before);
          if (draws < fatal) {
            expect(fatal).toBeGreaterThan(2);
            break;
          }
        }
      });
    }

    it('is one with more classes than a float can number', () => {
      const logits = tf.zeros([1, 2 ** 24 + 2]);
      expect(() => nn([0], logits)).toThrowError(/tensors as floats, which tell only 16777216/);
    });
  },
  SHADERS_ONLY,
);

describeBackend(
  'webgl',
  'textures of any limit',
  () => {
    it('hold matrices of any shape', async () => {
      const shapes = [[1, 3000], [3000, 1], [1025, 3], [3, 1025], [2100, 33], [33, 2100], [600, 600]]; // prettier-ignore
      for (const limit of [64, 200, 512, 1024]) {
        tf.env().set('WEBGL_MAX_TEXTURE_SIZE', limit);
        for (const [batch, numClasses] of shapes) {
          const texels = batch * numClasses;
          if (texels > 3 * limit * limit || Math.max(batch, numClasses) <= limit) continue;
          const values = normals(texels, 3, 0, batch);
          const labels = classIds(batch, numClasses, limit);
          await check(tf.tensor2d(values, [batch, numClasses]), labels);
          if (texels > limit * limit) continue; // tf.js's own ops need a texel for each number.
          await check(packed(tf.tensor2d(values, [batch, numClasses])), labels);
          // Folded where the limit allows: the texture keeps the width of another shape.
          if (batch % 2 === 0) {
            const folded = packed(tf.tensor3d(values, [batch / 2, 2, numClasses]));
            await check(tf.reshape(folded, [batch, numClasses]), labels);
          }
        }
      }
    });
  },
  SHADERS_ONLY,
);

// Not for textures of another width than the matrix: with this flag tf.js misreads those itself.
describeBackend(
  'webgl',
  'shapes as uniforms',
  () => {
    it('change nothing for matrices that fit', async () => {
      for (const [batch, numClasses] of [
        [16, 10],
        [3, 33],
        [7, 1000],
        [1, 5],
        [64, 2],
      ]) {
        // prettier-ignore
        const values = normals(batch * numClasses, 3, 0, batch);
        for (const state of [packed, unpacked, tf.clone]) {
          await check(
            state(tf.tensor2d(values, [batch, numClasses])),
            classIds(batch, numClasses, 1),
          );
        }
      }
    });
  },
  {...SHADERS_ONLY, WEBGL_USE_SHAPES_UNIFORMS: true},
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
      it(`have every label right: [${batch}, ${numClasses}]`, async () => {
        const logits = grid(batch * numClasses, numClasses);
        const labels = classIds(batch, numClasses, 3);
        labels[0] = numClasses - 1;
        const want = oracle({logits, labels, numClasses});
        const f = (x: tf.Tensor) => nn(tf.tensor1d(labels, 'int32'), x);
        const {value, grad} = tf.valueAndGrad(f)(tf.tensor2d(logits, [batch, numClasses]));
        // A half float has 11 bits; some GPUs cut off the rest instead of rounding, of the sum
        // and again of the loss.
        await expectAsync(value).toBeAllClose(want.loss, {relative: 2 ** -10, absolute: 2 ** -9});
        await expectAsync(grad).toBeAllClose(want.backprop, {
          relative: 2 ** -9,
          absolute: 2 ** -11,
        });
      });
    }

    it('refuse more classes than they can tell apart, before anything runs', () => {
      const logits = tf.zeros<tf.Rank.R2>([2, 2049]);
      const labels = tf.tensor1d([0, 1], 'int32');
      const message = /`logits` have 2049 classes, .* half floats, .*setBackend\('cpu'\)/;
      const {draws} = probe(() => {
        expect(() => nn(labels, logits)).toThrowError(InvalidArgumentError, message);
        expect(() =>
          rawOps.sparseSoftmaxCrossEntropyWithLogits({features: logits, labels}),
        ).toThrowError(message);
      });
      expect(draws).toEqual([]);
    });

    it('make NaN of NaN, of a bad label and of -Infinity alone, and of no other row', () => {
      const lowest = -Infinity;
      const logits = [[1, 2, 3], [1, NaN, 3], [lowest, lowest, lowest], [1, lowest, 3], [3, 2, 1]]; // prettier-ignore
      const f = (x: tf.Tensor) => nn(uploaded(tf.tensor1d([0, 1, 2, 2, 3], 'int32')), x);
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
    it('is what the context is, and runs no shader of ours', async () => {
      const {gl} = webglBackend().getGPGPUContext();
      expect(gl instanceof WebGL2RenderingContext).toBeFalse();
      const logits = packed(tf.ones([40, 40]));
      await check(logits, new Int32Array(40));
      const f = (x: tf.Tensor) => nn(tf.zeros([40], 'int32'), x);
      const {draws} = probe(() => tf.grad(f)(logits));
      expect(
        draws.filter((name) => /^(FewClasses|Statistics|Loss|RowTerms|Grad)/.test(name)),
      ).toEqual([]);
    });
  },
  {...SHADERS_ONLY, WEBGL_VERSION: 1},
);

describe('a lost context', () => {
  const step = (labels: tf.Tensor, logits: tf.Tensor) =>
    tf.grad((x: tf.Tensor) => nn(labels, x))(logits);
  const isLost = /WebGL context was lost.*removeBackend/s;

  const kinds: [string, number, () => HTMLCanvasElement | OffscreenCanvas][] = [
    ['WebGL 2', 2, () => document.createElement('canvas')],
    ['WebGL 1', 1, () => document.createElement('canvas')],
  ];
  // WebKitGTK has no WebGL off the screen, and tf.js would take another canvas.
  if (new OffscreenCanvas(1, 1).getContext('webgl2') !== null) {
    kinds.push(['WebGL 2, off the screen', 2, () => new OffscreenCanvas(1, 1)]);
  }
  for (const [kind, version, makeCanvas] of kinds) {
    describe(kind, () => {
      // Another backend on a separate canvas, so that only it is lost. tf.js would keep that canvas
      // for later backends too.
      const name = `webgl-to-lose, ${kind}`;
      let canvas: HTMLCanvasElement | OffscreenCanvas;
      let ofOthers: WebGLRenderingContext;

      const start = async () => {
        canvas = makeCanvas();
        tf.registerBackend(name, () => new MathBackendWebGL(canvas as HTMLCanvasElement));
        await tf.setBackend(name);
      };
      const happens = (event: string) =>
        new Promise((resolve) => canvas.addEventListener(event, resolve, {once: true}));
      const extensionToLoseIt = () =>
        webglBackend().getGPGPUContext().gl.getExtension('WEBGL_lose_context')!;
      const restore = async (extension: WEBGL_lose_context) => {
        // A browser would not within the event.
        await new Promise((resolve) => setTimeout(resolve));
        const restored = happens('webglcontextrestored');
        extension.restoreContext();
        await restored;
        expect(webglBackend().getGPGPUContext().gl.isContextLost()).toBeFalse();
      };

      beforeEach(async () => {
        await startBackend('webgl', {...SHADERS_ONLY, WEBGL_VERSION: version});
        ofOthers = webglBackend().getGPGPUContext().gl;
        for (const kernel of tf.getKernelsForBackend('webgl')) {
          if (!kernel.kernelName.startsWith('SparseSoftmax')) {
            tf.registerKernel({...kernel, backendName: name});
          }
        }
        registerKernels([name]);
        await start();
      });

      afterEach(async () => {
        await tf.setBackend('cpu');
        tf.removeBackend(name);
        tf.getKernelsForBackend(name).forEach(({kernelName}) =>
          tf.unregisterKernel(kernelName, name),
        );
        setWebGLContext(version, ofOthers);
      });

      it('is an error, never a loss of zeros, also when it is restored', async () => {
        const labels = tf.zeros([4], 'int32');
        expect(nn(labels, packed(tf.ones([4, 50]))).dataSync()[0]).toBeCloseTo(Math.log(50), 5);
        const onGpu = packed(tf.randomNormal([4, 50]));
        const check = () => {
          for (const logits of [onGpu, tf.randomNormal([4, 50])]) {
            expect(() => nn(labels, logits)).toThrowError(isLost);
            expect(() => step(labels, logits)).toThrowError(isLost);
          }
        };
        const extension = extensionToLoseIt();
        const lost = happens('webglcontextlost');
        extension.loseContext();
        check();
        await lost;
        check();
        await restore(extension);
        check();

        tf.dispose([labels, onGpu]);
        tf.removeBackend(name);
        await start();
        expect(nn([0, 0, 0, 0], packed(tf.ones([4, 50]))).dataSync()[0]).toBeCloseTo(
          Math.log(50),
          5,
        );
      });

      it('is an error also where it was restored before the first loss', async () => {
        const extension = extensionToLoseIt();
        const lost = happens('webglcontextlost');
        extension.loseContext();
        await lost;
        await restore(extension);
        expect(() => nn([0], [[1, 2, 3]])).toThrowError(isLost);
      });
    });
  }
});
